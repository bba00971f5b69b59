/** The methods of `console` that an author's code has. All of them print. */
export const CONSOLE_METHODS = ["log", "info", "warn", "error", "debug"] as const;
