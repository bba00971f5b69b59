import { driverContract } from "../run/driver-contract.ts";
import { localHarness } from "./testing/local-harness.ts";

driverContract("memory", { durable: false, open: async () => localHarness() });
