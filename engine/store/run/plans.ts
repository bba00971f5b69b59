import type { Catalog } from "../../node/catalog.ts";
import { planOrThrow, type RunPlan } from "../../run/plan.ts";
import type { PinnedFlow } from "../runs.ts";

/** So many plans are kept: many runs have the same flow. */
const MOST_PLANS = 64;

/** Plans of flows, made once for each version of a flow. */
export class Plans {
  private readonly catalog: Catalog;
  private readonly plans = new Map<string, RunPlan>();
  private types: readonly string[];

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.types = catalog.types();
  }

  /** @throws HeddleError `run.not-runnable` */
  of(version: string, pinned: () => PinnedFlow): RunPlan {
    this.forgetIfReloaded();
    const known = this.plans.get(version);
    if (known) return known;
    const { flow, flows } = pinned();
    const plan = planOrThrow(flow, this.catalog, { flows });
    this.plans.set(version, plan);
    const [oldest] = this.plans.keys();
    if (this.plans.size > MOST_PLANS) this.plans.delete(oldest!);
    return plan;
  }

  /** A catalog that was loaded anew has another list of types. */
  private forgetIfReloaded(): void {
    const types = this.catalog.types();
    if (types === this.types) return;
    this.types = types;
    this.plans.clear();
  }
}
