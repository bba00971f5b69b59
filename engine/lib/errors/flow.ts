import { entries } from "./entry.ts";

const unreadable = { status: 422, retryable: false };

/** Problems of a flow file, and (`fix.*`) the labels of the quick fixes that go with them. */
export const FLOW_ERRORS = entries({
  "flow.syntax": {
    ...unreadable,
    en: "The file can’t be read at line {line}, column {column}: {en}. Correct that place; nothing was overwritten.",
    zh: "文件在第 {line} 行第 {column} 列无法读取：{zh}。请修正此处；文件未被改动。",
  },
  "flow.not-a-flow": {
    ...unreadable,
    en: "This file is not a flow. A flow begins with “heddle: 1”, a name and its steps under “nodes:”.",
    zh: "此文件不是流程。流程以“heddle: 1”开头，接着是名称，以及“nodes:”下的步骤。",
  },
  "flow.newer-version": {
    ...unreadable,
    en: "This file was made by a newer Heddle (format {version}; this one knows up to {known}). It opens for reading only. Update Heddle to change it.",
    zh: "此文件由更新版本的 Heddle 创建（格式 {version}，当前版本最高支持 {known}）。现以只读方式打开；请升级 Heddle 后再修改。",
  },
  "flow.read-only": {
    status: 409,
    retryable: false,
    en: "This flow is open for reading only, so the change was not saved.",
    zh: "此流程以只读方式打开，改动未保存。",
  },
  "flow.no-version": {
    ...unreadable,
    en: "The file doesn’t say which format it has. Put “heddle: {known}” in its first line.",
    zh: "文件没有注明格式版本。请在第一行写上“heddle: {known}”。",
  },
  "flow.no-name": {
    ...unreadable,
    en: "The flow has no name. Add a “name:” so that people can tell flows apart.",
    zh: "流程没有名称。请添加“name:”以便区分各个流程。",
  },
  "flow.not-text": {
    ...unreadable,
    en: "“{key}” should be a text.",
    zh: "“{key}”应为文本。",
  },
  "flow.not-a-map": {
    ...unreadable,
    en: "“{key}” should hold entries of the form “name: value”.",
    zh: "“{key}”应由“名称: 值”形式的条目组成。",
  },
  "flow.not-a-list": {
    ...unreadable,
    en: "“{key}” should be a list of lines that begin with “- ”.",
    zh: "“{key}”应为列表，每行以“- ”开头。",
  },
  "flow.repeated-key": {
    ...unreadable,
    en: "“{key}” stands here a second time. Only the first counts; rename or remove this one.",
    zh: "“{key}”在此处重复出现，只有第一个生效。请重命名或删除此处的。",
  },
  "flow.unknown-key": {
    ...unreadable,
    en: "“{key}” has no meaning at the top of a flow. It is kept but does nothing.",
    zh: "流程顶层的“{key}”没有含义。它会被保留，但不起作用。",
  },
  "flow.unknown-key-near": {
    ...unreadable,
    en: "“{key}” has no meaning at the top of a flow. Did you mean “{near}”?",
    zh: "流程顶层的“{key}”没有含义。是否想写“{near}”？",
  },
  "flow.bad-key": {
    ...unreadable,
    en: "“{key}” can’t be the name that references use: it must be lower-case letters, digits and “_”, begin with a letter, and not be a reserved word. “{better}” would do.",
    zh: "“{key}”不能用作引用名：只能包含小写字母、数字和“_”，以字母开头，且不能是保留字。可以改为“{better}”。",
  },
  "flow.key-taken": {
    status: 409,
    retryable: false,
    en: "There is a step “{key}” already. Choose another name.",
    zh: "已有步骤“{key}”。请换一个名称。",
  },
  "flow.name-in-use": {
    status: 409,
    retryable: false,
    en: "“{source}” uses “{key}” as a name of its own, so no step can be called that. Choose another name.",
    zh: "“{source}”中已将“{key}”用作自己的变量名，步骤不能再用此名称。请换一个名称。",
  },
  "flow.no-such-node": {
    status: 404,
    retryable: false,
    en: "There is no step “{key}”.",
    zh: "没有步骤“{key}”。",
  },
  "flow.bad-edge": {
    ...unreadable,
    en: "“{text}” can’t be read as a connection. Write “step -> next step”, or “step.port -> next step”.",
    zh: "“{text}”不是有效的连线。请写成“步骤 -> 下一步骤”或“步骤.出口 -> 下一步骤”。",
  },
  "flow.bad-binding": {
    ...unreadable,
    en: "“{text}” can’t be read as a binding. Write “resource -> step.slot”, such as “shop -> agent.tools”.",
    zh: "“{text}”不是有效的绑定。请写成“资源 -> 步骤.插槽”，例如“shop -> agent.tools”。",
  },
  "flow.repeated-wire": {
    ...unreadable,
    en: "“{text}” stands twice. One of them can go.",
    zh: "“{text}”重复出现，可以删除其中一个。",
  },
  "flow.bad-position": {
    ...unreadable,
    en: "The position of “{node}” should be two numbers, such as [120, 40].",
    zh: "“{node}”的位置应为两个数字，例如 [120, 40]。",
  },
  "flow.node-shape": {
    ...unreadable,
    en: "The step “{node}” should hold at least “type:”.",
    zh: "步骤“{node}”至少应包含“type:”。",
  },
  "flow.no-type": {
    ...unreadable,
    en: "The step “{node}” doesn’t say what it is. Add “type:”, for example “type: llm”.",
    zh: "步骤“{node}”没有说明类型。请添加“type:”，例如“type: llm”。",
  },
  "flow.unknown-type": {
    ...unreadable,
    en: "There is no kind of step called “{type}”. The step “{node}” is kept but can’t run.",
    zh: "没有名为“{type}”的步骤类型。步骤“{node}”会被保留，但无法运行。",
  },
  "flow.unknown-type-near": {
    ...unreadable,
    en: "There is no kind of step called “{type}”. Did you mean “{near}”?",
    zh: "没有名为“{type}”的步骤类型。是否想用“{near}”？",
  },
  "flow.lost-project-type": {
    ...unreadable,
    en: "The project’s own kind of step “{type}” can’t be read from its folder “nodes”, so “{node}” can’t run. Correct the file there; the step is kept as it is.",
    zh: "无法从项目的“nodes”文件夹读取自定义步骤类型“{type}”，因此“{node}”无法运行。请修正其中的文件；该步骤会原样保留。",
  },
  "flow.lost-package-type": {
    ...unreadable,
    en: "The kind of step “{type}” comes from the package “{origin}”, which isn’t installed or can’t be read, so “{node}” can’t run. Install or repair the package; the step is kept as it is.",
    zh: "步骤类型“{type}”来自包“{origin}”，该包未安装或无法读取，因此“{node}”无法运行。请安装或修复该包；该步骤会原样保留。",
  },
  "flow.dangling-edge": {
    ...unreadable,
    en: "The connection “{edge}” names the step “{missing}”, which doesn’t exist.",
    zh: "连线“{edge}”指向不存在的步骤“{missing}”。",
  },
  "flow.dangling-edge-near": {
    ...unreadable,
    en: "The connection “{edge}” names the step “{missing}”, which doesn’t exist. Did you mean “{near}”?",
    zh: "连线“{edge}”指向不存在的步骤“{missing}”。是否想用“{near}”？",
  },
  "flow.dangling-binding": {
    ...unreadable,
    en: "The binding “{edge}” names “{missing}”, which doesn’t exist.",
    zh: "绑定“{edge}”指向不存在的“{missing}”。",
  },
  "flow.dangling-layout": {
    ...unreadable,
    en: "The layout places “{node}”, which doesn’t exist. The line does nothing.",
    zh: "布局中有不存在的步骤“{node}”，该行不起作用。",
  },
  "flow.unknown-port": {
    ...unreadable,
    en: "The step “{node}” has no way out called “{port}”. It has: {ports}.",
    zh: "步骤“{node}”没有名为“{port}”的出口。可用的出口：{ports}。",
  },
  "flow.not-a-step": {
    ...unreadable,
    en: "“{node}” is not a step that runs, so it can’t be connected with an arrow. Bind it to a step’s slot instead.",
    zh: "“{node}”不是可运行的步骤，不能用箭头连接。请改为绑定到步骤的插槽。",
  },
  "flow.start-entered": {
    ...unreadable,
    en: "The connection “{edge}” leads back into the start. Nothing can come before it.",
    zh: "连线“{edge}”回到了起点。起点之前不能有任何步骤。",
  },
  "flow.self-edge": {
    ...unreadable,
    en: "“{node}” leads to itself. A step can’t wait for itself.",
    zh: "“{node}”连向了自己。步骤不能等待自己。",
  },
  "flow.cycle": {
    ...unreadable,
    en: "These steps wait for each other in a circle and would never run: {path}. Remove one of the connections.",
    zh: "以下步骤形成循环、互相等待，永远无法运行：{path}。请删除其中一条连线。",
  },
  "flow.unknown-slot": {
    ...unreadable,
    en: "“{node}” has no slot called “{slot}”. It has: {slots}.",
    zh: "“{node}”没有名为“{slot}”的插槽。可用的插槽：{slots}。",
  },
  "flow.no-slots": {
    ...unreadable,
    en: "Nothing can be bound to “{node}”.",
    zh: "“{node}”不能绑定任何资源。",
  },
  "flow.no-start": {
    ...unreadable,
    en: "The flow has no start. Add a start step: it says what the flow is given.",
    zh: "流程没有起点。请添加起点步骤，用来说明流程的输入。",
  },
  "flow.several-starts": {
    ...unreadable,
    en: "The flow has several starts for runs by hand: {nodes}. Keep one.",
    zh: "流程有多个手动起点：{nodes}。请只保留一个。",
  },
  "flow.unreachable": {
    ...unreadable,
    en: "Nothing leads to “{node}”, so it never runs. Connect a step to it.",
    zh: "没有步骤连到“{node}”，它永远不会运行。请把某个步骤连到它。",
  },
  "flow.unbound": {
    ...unreadable,
    en: "“{node}” is not bound to any step, so nothing uses it.",
    zh: "“{node}”没有绑定到任何步骤，不会被使用。",
  },
  "flow.slot-empty": {
    ...unreadable,
    en: "“{node}” needs something bound to its slot “{slot}”.",
    zh: "“{node}”的插槽“{slot}”需要绑定资源。",
  },
  "flow.ref-unknown": {
    ...unreadable,
    en: "“{reference}” refers to “{root}”, but there is no step with that name.",
    zh: "“{reference}”引用了“{root}”，但没有这个名称的步骤。",
  },
  "flow.ref-unknown-near": {
    ...unreadable,
    en: "“{reference}” refers to “{root}”, but there is no step with that name. Did you mean “{near}”?",
    zh: "“{reference}”引用了“{root}”，但没有这个名称的步骤。是否想用“{near}”？",
  },
  "flow.ref-self": {
    ...unreadable,
    en: "“{reference}” refers to the step’s own result, which isn’t there before it ran.",
    zh: "“{reference}”引用了步骤自己的结果，但在它运行之前结果还不存在。",
  },
  "flow.ref-not-before": {
    ...unreadable,
    en: "“{reference}” refers to “{root}”, which doesn’t come before “{node}”. Connect “{root}” so that it leads here, or refer to an earlier step.",
    zh: "“{reference}”引用了“{root}”，但它不在“{node}”之前。请让“{root}”连到这里，或引用更早的步骤。",
  },
  "flow.ref-no-output": {
    ...unreadable,
    en: "“{reference}” refers to “{root}”, which has no result: it doesn’t run.",
    zh: "“{reference}”引用了“{root}”，但它不运行，没有结果。",
  },
  "flow.ref-maybe-skipped": {
    ...unreadable,
    en: "“{root}” doesn’t run on every way to “{node}”; then “{reference}” is empty. Say what to use instead with default(…, …).",
    zh: "并非每条到达“{node}”的路径都会运行“{root}”；未运行时“{reference}”为空。请用 default(…, …) 指定替代值。",
  },
  "flow.secret-here": {
    ...unreadable,
    en: "“{reference}” is a secret, and this field doesn’t take secrets. Use it only in fields marked for secrets, such as a request’s headers.",
    zh: "“{reference}”是密钥，而此字段不允许使用密钥。请只在标明可用密钥的字段中使用，例如请求头。",
  },
  "fix.change-type": {
    ...unreadable,
    en: "Change the type to “{to}”",
    zh: "将类型改为“{to}”",
  },
  "fix.rename": {
    ...unreadable,
    en: "Rename to “{to}”",
    zh: "重命名为“{to}”",
  },
  "fix.remove-edge": {
    ...unreadable,
    en: "Remove the connection",
    zh: "删除连线",
  },
  "fix.remove-binding": {
    ...unreadable,
    en: "Remove the binding",
    zh: "删除绑定",
  },
  "fix.remove-position": {
    ...unreadable,
    en: "Remove the line",
    zh: "删除该行",
  },
  "fix.remove-node": {
    ...unreadable,
    en: "Remove “{node}”",
    zh: "删除“{node}”",
  },
  "fix.connect-instead": {
    ...unreadable,
    en: "Connect “{to}” instead",
    zh: "改为连接“{to}”",
  },
  "fix.replace": {
    ...unreadable,
    en: "Replace by “{to}”",
    zh: "替换为“{to}”",
  },
  "fix.default": {
    ...unreadable,
    en: "Use an empty text when it is missing",
    zh: "缺失时使用空文本",
  },
  "fix.add-start": {
    ...unreadable,
    en: "Add a start step",
    zh: "添加起点步骤",
  },
  "fix.disconnect": {
    ...unreadable,
    en: "Remove “{edge}”",
    zh: "删除“{edge}”",
  },
  "flow.node-text": {
    ...unreadable,
    en: "“{field}” of the step “{node}” should be a text.",
    zh: "步骤“{node}”的“{field}”应为文本。",
  },
  "flow.node-disabled": {
    ...unreadable,
    en: "“disabled” of the step “{node}” should be true or false.",
    zh: "步骤“{node}”的“disabled”应为 true 或 false。",
  },
  "flow.node-config": {
    ...unreadable,
    en: "“config” of the step “{node}” should hold settings of the form “name: value”.",
    zh: "步骤“{node}”的“config”应由“名称: 值”形式的设置组成。",
  },
  "flow.node-retry": {
    ...unreadable,
    en: "“retry” of the step “{node}” should say how often and how long to wait, such as “times: 3, backoff: 1s”.",
    zh: "步骤“{node}”的“retry”应写明重试次数和等待时间，例如 “times: 3, backoff: 1s”。",
  },
  "flow.node-timeout": {
    ...unreadable,
    en: "“timeout” of the step “{node}” should be a time, such as 30s or 5m.",
    zh: "步骤“{node}”的“timeout”应为时长，例如 30s 或 5m。",
  },
  "flow.node-join": {
    ...unreadable,
    en: "“join” of the step “{node}” should be “all” (wait for every way in) or “any” (go on with the first).",
    zh: "步骤“{node}”的“join”应为“all”（等待所有入口）或“any”（先到先行）。",
  },
  "flow.slot-tools": {
    ...unreadable,
    en: "“{from}” can’t be bound to “{to}”: its slot “{slot}” takes tools.",
    zh: "“{from}”不能绑定到“{to}”：插槽“{slot}”只接受工具。",
  },
  "flow.slot-model": {
    ...unreadable,
    en: "“{from}” can’t be bound to “{to}”: its slot “{slot}” takes a model.",
    zh: "“{from}”不能绑定到“{to}”：插槽“{slot}”只接受模型。",
  },
  "flow.slot-knowledge": {
    ...unreadable,
    en: "“{from}” can’t be bound to “{to}”: its slot “{slot}” takes knowledge.",
    zh: "“{from}”不能绑定到“{to}”：插槽“{slot}”只接受知识库。",
  },
  "flow.config": {
    ...unreadable,
    en: "“{node}”: {en}",
    zh: "“{node}”：{zh}",
  },
  "fix.port": {
    ...unreadable,
    en: "Use the way out “{to}”",
    zh: "改用出口“{to}”",
  },
  "fix.remove-field": {
    ...unreadable,
    en: "Remove “{field}”",
    zh: "删除“{field}”",
  },
  "flow.only-secrets-here": {
    ...unreadable,
    en: "“{reference}” can’t stand here: this field takes plain words and secrets only, such as {{ secrets.SHOP_KEY }}.",
    zh: "此处不能使用“{reference}”：该字段只接受普通文字和密钥，例如 {{ secrets.SHOP_KEY }}。",
  },
  "flow.too-many-aliases": {
    ...unreadable,
    en: "The file repeats itself through aliases (“*name”) more often than can be read. Write the repeated parts out.",
    zh: "文件通过别名（“*名称”）重复引用的内容过多，无法读取。请直接写出重复的部分。",
  },
  "fix.make-loop": {
    ...unreadable,
    en: "Make a loop of these steps",
    zh: "把这些步骤变成循环",
  },
  "fix.move-out": {
    ...unreadable,
    en: "Move “{node}” out",
    zh: "把“{node}”移到外面",
  },
});
