import { Component, type ReactNode } from "react";
import { Crash } from "./crash.tsx";

interface ErrorBoundaryProps {
  children: ReactNode;
}

/** Keeps a part that throws from taking the rest of the studio with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}
