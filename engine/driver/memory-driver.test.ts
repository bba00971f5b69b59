import { driverContract } from "../run/driver-contract.ts";
import { localHarness } from "./local-harness.ts";

driverContract("memory", { durable: false, open: async () => localHarness() });
