import { entries } from "./entry.ts";

const unreadable = { status: 422, retryable: false };

/** Problems of bodies, of what undoes steps and handles failures, and of variables. */
export const FLOW_BODY_ERRORS = entries({
  "flow.node-body": {
    ...unreadable,
    en: "“body” of the step “{node}” should hold nodes and edges of its own.",
    zh: "步骤“{node}”的“body”应包含它自己的 nodes 和 edges。",
  },
  "flow.body-unknown-key": {
    ...unreadable,
    en: "“{key}” has no meaning in a body, which holds nodes, edges and bindings. It is kept but does nothing.",
    zh: "body 中的“{key}”没有含义（body 只包含 nodes、edges 和 bindings）。它会被保留，但不起作用。",
  },
  "flow.repeated-step": {
    ...unreadable,
    en: "Inside “{container}” there is a second step “{key}”. Names are unique in the whole flow, bodies included. It goes by “{meanwhile}” for now; give it a name of its own.",
    zh: "“{container}”内部有另一个名为“{key}”的步骤。步骤名称在整个流程（包括容器内部）中必须唯一。目前它被称为“{meanwhile}”，请为它另取名称。",
  },
  "flow.stray-wire": {
    ...unreadable,
    en: "The line “{text}” inside “{container}” names no step that there is. It is kept in the file; correct or remove it there.",
    zh: "“{container}”内部的这一行“{text}”所写的步骤都不存在。它会保留在文件中，请在文件中更正或删除。",
  },
  "flow.misplaced-wire": {
    ...unreadable,
    en: "The line “{text}” stands inside “{container}” but joins steps of another level. It counts there, and moves there when the flow is changed.",
    zh: "这一行“{text}”写在“{container}”内部，但连接的是另一层的步骤。它按那一层生效，流程改动后会移到那一层。",
  },
  "flow.into-itself": {
    status: 409,
    retryable: false,
    en: "“{key}” can’t be moved into “{container}”, which is inside it.",
    zh: "“{container}”位于“{key}”内部，不能把“{key}”移入其中。",
  },
  "flow.border-edge": {
    ...unreadable,
    en: "The connection “{edge}” crosses the border of “{container}”. Steps inside are connected with each other only; connect “{container}” itself.",
    zh: "连线“{edge}”穿过了“{container}”的边界。内部步骤只能彼此相连，请改为连接“{container}”本身。",
  },
  "flow.border-binding": {
    ...unreadable,
    en: "The binding “{edge}” comes out of a body: “{from}” can be used only where it is. Move it outside.",
    zh: "绑定“{edge}”从容器内部引出：“{from}”只能在它所在的地方使用。请把它移到外面。",
  },
  "flow.several-handlers": {
    ...unreadable,
    en: "The flow has several steps that begin when it fails: {nodes}. Keep one.",
    zh: "流程有多个在失败时开始的步骤：{nodes}。请只保留一个。",
  },
  "flow.handler-shared": {
    ...unreadable,
    en: "“{edge}” leads from the steps that handle an error into “{node}”, which runs in the normal way too. Give each way its own step.",
    zh: "“{edge}”从处理错误的步骤连到了“{node}”，而它也在正常路径上运行。请为两条路径分别设置步骤。",
  },
  "flow.undo-shared": {
    ...unreadable,
    en: "“{edge}” leads to what undoes a step, but “{node}” runs in the normal way too. Give each its own step.",
    zh: "“{edge}”通向撤销步骤，但“{node}”也在正常路径上运行。请分别设置步骤。",
  },
  "flow.start-inside": {
    ...unreadable,
    en: "“{node}” begins a run, so it can’t be inside “{container}”.",
    zh: "“{node}”是流程的开始，不能放在“{container}”内部。",
  },
  "flow.not-a-container": {
    ...unreadable,
    en: "“{node}” is inside “{container}”, which can’t hold steps. They would never run.",
    zh: "“{node}”位于“{container}”内部，但“{container}”不能容纳步骤，它永远不会运行。",
  },
  "flow.empty-body": {
    ...unreadable,
    en: "There is nothing inside “{node}” yet, so its rounds do nothing.",
    zh: "“{node}”内部还没有步骤，每一轮都不会执行任何操作。",
  },
  "flow.variable-conflict": {
    ...unreadable,
    en: "“{node}” and “{other}” both set the variable “{name}” and may run at the same time: which comes last would be chance. Connect one after the other, or use two names.",
    zh: "“{node}”和“{other}”都设置变量“{name}”，并且可能同时运行，最后的值取决于偶然。请让它们先后相连，或使用不同的名称。",
  },
  "flow.variable-parallel": {
    ...unreadable,
    en: "“{node}” sets the variable “{name}” inside “{container}”, whose rounds run side by side: which comes last would be chance. Let the rounds run one by one, or collect the values instead.",
    zh: "“{node}”在“{container}”内部设置变量“{name}”，而各轮并行执行，最后的值取决于偶然。请改为逐轮执行，或改用收集结果。",
  },
  "flow.variable-race": {
    ...unreadable,
    en: "“{writer}”, which sets “{name}”, may run before or after “{node}”, so “{reference}” is now the old value, now the new one. Connect one after the other.",
    zh: "设置“{name}”的“{writer}”可能在“{node}”之前或之后运行，因此“{reference}”有时是旧值，有时是新值。请让它们先后相连。",
  },
  "flow.variable-unknown": {
    ...unreadable,
    en: "“{reference}”: no step sets a variable “{name}”.",
    zh: "“{reference}”：没有步骤设置变量“{name}”。",
  },
  "flow.variable-unknown-near": {
    ...unreadable,
    en: "“{reference}”: no step sets a variable “{name}”. Did you mean “{near}”?",
    zh: "“{reference}”：没有步骤设置变量“{name}”。是否想用“{near}”？",
  },
  "flow.ref-inside": {
    ...unreadable,
    en: "“{reference}” is inside “{title}”, so it can’t be read from outside; use {instead}.",
    zh: "“{reference}”位于“{title}”内部，外面无法读取；请使用 {instead}。",
  },
  "flow.ref-inside-lost": {
    ...unreadable,
    en: "“{reference}” is inside “{title}”, which keeps nothing of it so far. Fill in “{setting}” there, for example with {{ {reference} }}, then use {instead} here.",
    zh: "“{reference}”位于“{title}”内部，目前没有被保留。请先在那里填写“{settingZh}”，例如 {{ {reference} }}，再在此处使用 {instead}。",
  },
  "flow.ref-around": {
    ...unreadable,
    en: "“{reference}” refers to “{root}”, which this step is inside of. Its result is there only after its last round.",
    zh: "“{reference}”引用了“{root}”，而本步骤就在它内部。它的结果要到最后一轮之后才有。",
  },
  "flow.ref-local-outside": {
    ...unreadable,
    en: "“{reference}”: “{root}” is there only inside “{container}”.",
    zh: "“{reference}”：“{root}”只在“{container}”内部可用。",
  },
});
