import { openGuestPort } from "../guest-port.ts";

/** A process that does what it is told, well or badly. */
const parent = openGuestPort({
  pid: () => process.pid,
  echo: ([value]) => value,
  ask: ([question]) => parent.call("answer", [question]),
  spin: () => {
    for (;;);
  },
  exit: ([code]) => process.exit(Number(code)),
  fail: () => {
    throw new RangeError("as told");
  },
});
