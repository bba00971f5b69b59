import { useTranslation } from "react-i18next";
import { useNode } from "../canvas/node/use-node.ts";
import { useSelection } from "../selection/store.ts";
import { ScrollArea, TabPanel, Tabs } from "../ui/index.ts";
import { FormProvider } from "./form/form-context.tsx";
import { NodeHeader } from "./node-header.tsx";
import { DocsTab } from "./tabs/docs-tab.tsx";
import { InputTab, OutputTab } from "./tabs/data-tabs.tsx";
import { SetupTab } from "./tabs/setup-tab.tsx";

const PANEL = "px-3.5 pt-3.5 pb-6";

/** One node: its settings, what it was given and what it gave in the last run, and its docs. */
export function NodeInspector({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const tab = useSelection((state) => state.tab);
  const showTab = useSelection((state) => state.showTab);
  const role = useNode(id).shape?.role;
  const runs = role === "step";
  const tabs = runs ? (["setup", "input", "output", "docs"] as const) : (["setup", "docs"] as const);
  const shown = tabs.some((name) => name === tab) ? tab : "setup";
  return (
    <FormProvider value={id}>
      <div className="flex h-full flex-col">
        <NodeHeader id={id} />
        <Tabs
          value={shown}
          onChange={showTab}
          label={t("tabs.name")}
          items={tabs.map((name) => ({ value: name, label: t(`tabs.${name}`) }))}
          className="min-h-0 flex-1"
        >
          <ScrollArea className="min-h-0 flex-1">
            <TabPanel value="setup" className={PANEL}>
              <SetupTab id={id} />
            </TabPanel>
            <TabPanel value="input" className={PANEL}>
              <InputTab id={id} />
            </TabPanel>
            <TabPanel value="output" className={PANEL}>
              <OutputTab id={id} />
            </TabPanel>
            <TabPanel value="docs" className={PANEL}>
              <DocsTab id={id} />
            </TabPanel>
          </ScrollArea>
        </Tabs>
      </div>
    </FormProvider>
  );
}
