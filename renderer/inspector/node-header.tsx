import { useTranslation } from "react-i18next";
import { isNodeKey } from "../../engine/flow/index.ts";
import { useNode } from "../canvas/node/use-node.ts";
import { configure, renameKey } from "../document/edits.ts";
import { useDocument } from "../document/store.ts";
import { NodeChip, Switch, Tooltip } from "../ui/index.ts";
import { useReadOnly } from "./form/form-context.tsx";
import { useDraft } from "./form/use-draft.ts";

const QUIET =
  "w-full min-w-0 rounded-small border border-transparent bg-transparent px-1 -mx-1 transition-colors hover:border-line focus:border-accent focus:bg-panel focus:outline-none aria-invalid:border-bad";

/** Who the node is: title and key, both to be typed over, and whether it is switched on. */
export function NodeHeader({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const { family, icon, node, shape, typeTitle } = useNode(id);
  const readOnly = useReadOnly();
  const title = useDraft(node?.title ?? "", (text) => configure(id, ["title"], text.trim() === "" ? undefined : text));
  const disabled = node?.disabled === true;
  return (
    <header className="flex items-center gap-2.5 px-3.5 pt-3.25 pb-2">
      <NodeChip family={family} icon={icon} size="md" />
      <div className="min-w-0 flex-1">
        <input
          {...title.props}
          aria-label={t("node.title")}
          placeholder={typeTitle}
          readOnly={readOnly}
          spellCheck={false}
          className={`${QUIET} text-14 font-semibold`}
        />
        <KeyInput id={id} readOnly={readOnly} />
      </div>
      {shape?.role === "step" && (
        <Tooltip content={t(disabled ? "node.switchOn" : "node.switchOff")}>
          <span>
            <Switch
              checked={!disabled}
              disabled={readOnly}
              label={t("node.enabled")}
              onChange={(on) => configure(id, ["disabled"], on ? undefined : true)}
            />
          </span>
        </Tooltip>
      )}
    </header>
  );
}

/** The key: changed everywhere it is used, once the field is left. */
function KeyInput({ id, readOnly }: { id: string; readOnly: boolean }) {
  const { t } = useTranslation("inspector");
  const { draft, props, type } = useDraft(id, () => undefined);
  const taken = useDocument((state) => draft !== id && draft in state.flow.nodes);
  const wrong = draft !== id && (!isNodeKey(draft) || taken);
  const finish = () => {
    if (draft === id) return;
    if (wrong || !renameKey(id, draft)) type(id);
  };
  return (
    <>
      <input
        {...props}
        aria-label={t("node.key")}
        aria-invalid={wrong || undefined}
        readOnly={readOnly}
        spellCheck={false}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") finish();
          if (event.key === "Escape") type(id);
        }}
        className={`${QUIET} block font-mono text-11 text-ink-3`}
      />
      {wrong && <p className="mt-0.5 text-11 text-bad">{t(taken ? "node.keyTaken" : "node.keyWrong")}</p>}
    </>
  );
}
