import type { ReactNode } from "react";
import { Button, EmptyState } from "../ui/index.ts";
import { useShell } from "./store.ts";

export interface NothingHereProps {
  icon: ReactNode;
  title: string;
  /** What the button that leads to the flows says. */
  toFlows: string;
  children: ReactNode;
}

/** A page that flows fill, while none has: says what it is for and leads to the flows. */
export function NothingHere({ icon, title, toFlows, children }: NothingHereProps) {
  const goTo = useShell((state) => state.goTo);
  const action = (
    <Button variant="primary" onClick={() => goTo("flows")}>
      {toFlows}
    </Button>
  );
  return (
    <EmptyState icon={icon} title={title} action={action}>
      {children}
    </EmptyState>
  );
}
