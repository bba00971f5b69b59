import { QueryClientProvider } from "@tanstack/react-query";
import { queryClient } from "../rpc/index.ts";
import { useResolvedTheme } from "../settings/store.ts";
import { Toaster, TooltipProvider } from "../ui/index.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Studio } from "./studio.tsx";

/** The studio with everything it stands on. main.tsx has connected to the host by then. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <ErrorBoundary>
          <Studio />
        </ErrorBoundary>
        <Toaster theme={useResolvedTheme()} />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
