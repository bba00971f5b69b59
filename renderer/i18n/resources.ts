import canvas from "./en/canvas.json";
import chat from "./en/chat.json";
import code from "./en/code.json";
import inbox from "./en/inbox.json";
import inspector from "./en/inspector.json";
import models from "./en/models.json";
import publish from "./en/publish.json";
import run from "./en/run.json";
import runs from "./en/runs.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import tools from "./en/tools.json";
import triggers from "./en/triggers.json";
import zhCanvas from "./zh/canvas.json";
import zhChat from "./zh/chat.json";
import zhCode from "./zh/code.json";
import zhInbox from "./zh/inbox.json";
import zhInspector from "./zh/inspector.json";
import zhModels from "./zh/models.json";
import zhPublish from "./zh/publish.json";
import zhRun from "./zh/run.json";
import zhRuns from "./zh/runs.json";
import zhSettings from "./zh/settings.json";
import zhShell from "./zh/shell.json";
import zhTools from "./zh/tools.json";
import zhTriggers from "./zh/triggers.json";

/** One namespace an area of the studio; `t("tools:add")` or `useTranslation("tools")`. */
export const en = {
  shell,
  canvas,
  inspector,
  code,
  run,
  chat,
  tools,
  models,
  publish,
  runs,
  inbox,
  triggers,
  settings,
};
export const zh = {
  shell: zhShell,
  canvas: zhCanvas,
  inspector: zhInspector,
  code: zhCode,
  run: zhRun,
  chat: zhChat,
  tools: zhTools,
  models: zhModels,
  publish: zhPublish,
  runs: zhRuns,
  inbox: zhInbox,
  triggers: zhTriggers,
  settings: zhSettings,
};
