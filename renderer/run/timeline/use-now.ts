import { useEffect, useState } from "react";

/** The time in ms since 1970, moving while `ticking`; for bars and durations that grow. */
export function useNow(ticking: boolean, interval = 100): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [ticking, interval]);
  return now;
}
