import { driverContract } from "../run/driver-contract.ts";
import { localHarness } from "./testing/local-harness.ts";
import { sqliteKeeper } from "./testing/sqlite-keeper.ts";

driverContract("sqlite, what was under way is recorded", {
  durable: true,
  open: async () => localHarness({ keeper: sqliteKeeper(), crash: "after-recording" }),
});
driverContract("sqlite, what was under way is lost", {
  durable: true,
  open: async () => localHarness({ keeper: sqliteKeeper(), crash: "before-recording" }),
});
