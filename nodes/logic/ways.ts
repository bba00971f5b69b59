import { z } from "zod";
import type { PortSpec } from "../../engine/flow/node-types.ts";
import type { Text } from "../../engine/lib/text.ts";
import { field } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import { same } from "../wording.ts";

/** The way out that is taken when no case is. */
export const ELSE = "else";
export const OTHERWISE: Text = { en: "Otherwise", zh: "否则" };

/** Ways out that every step has, or that the engine gives a meaning. */
const RESERVED: readonly string[] = ["error", "undo"];

/** The name of a way out, as an author writes it. */
export const WAY_ID = field(z.string().regex(/^[A-Za-z0-9_-]+$/), {
  label: { en: "Name of the way out", zh: "出口名称" },
  placeholder: { en: "billing", zh: "billing" },
});

interface Named {
  id: string;
}

/** A way out for each case, and the one that is taken otherwise. */
export function waysOf(cases: readonly Named[]): PortSpec[] {
  return [...cases.map(({ id }) => ({ id, label: same(id) })), { id: ELSE, label: OTHERWISE }];
}

/** Tells of names that are used twice or have another meaning. `taken`: further ways out of the node. */
export function checkNames(
  list: string,
  named: readonly Named[],
  issues: z.RefinementCtx,
  ...more: readonly string[]
): void {
  const ids = named.map(({ id }) => id);
  const taken = more.length > 0 ? more : [ELSE];
  ids.forEach((id, index) => {
    const text = nameProblem(id, {
      isTaken: taken.includes(id) || RESERVED.includes(id),
      first: ids.indexOf(id),
      index,
    });
    if (text) issues.addIssue({ code: "custom", path: [list, index, "id"], ...issue(text) });
  });
}

function nameProblem(id: string, at: { isTaken: boolean; first: number; index: number }): Text | undefined {
  if (at.isTaken) {
    return {
      en: `“${id}” is the name of another way out. Choose a different name.`,
      zh: `“${id}”是另一个出口的名称，请换一个名称。`,
    };
  }
  if (at.first === at.index) return undefined;
  return {
    en: `Two cases are named “${id}”. Give each its own name.`,
    zh: `有两个分支都叫“${id}”，请分别命名。`,
  };
}
