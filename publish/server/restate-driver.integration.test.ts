import { driverContract } from "../../engine/run/driver-contract.ts";
import { restateHarness } from "../testing/restate-harness.ts";

driverContract("Restate", { durable: true, open: () => restateHarness({ alwaysReplay: false }) });
driverContract("Restate with a replay after every step", {
  durable: true,
  interactive: false,
  open: () => restateHarness({ alwaysReplay: true }),
});
