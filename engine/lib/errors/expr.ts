import { entries } from "./entry.ts";

const unreadable = { status: 422, retryable: false };

export const EXPR_ERRORS = entries({
  "expr.empty": {
    ...unreadable,
    en: "There is nothing between the braces. Write a reference such as {{ start.message }}, or remove them.",
    zh: "花括号之间没有内容。请填写引用，例如 {{ start.message }}，或删除花括号。",
  },
  "expr.unclosed": {
    ...unreadable,
    en: "“{source}” opens with {{ but is never closed. Add }} after the expression.",
    zh: "“{source}”以 {{ 开头却没有结束。请在表达式后加上 }}。",
  },
  "expr.open-quote": {
    ...unreadable,
    en: "In “{source}” the text that begins at character {column} has no closing quote. Add it.",
    zh: "在“{source}”中，从第 {column} 个字符开始的文本缺少结束引号。请补上。",
  },
  "expr.reserved-word": {
    ...unreadable,
    en: "“{word}” is a reserved word, so “{source}” can’t be read. Use another name.",
    zh: "“{word}”是保留字，因此“{source}”无法解析。请换一个名称。",
  },
  "expr.too-large": {
    ...unreadable,
    en: "The expression that begins “{source}” is too long or too deeply nested. Split it over several steps.",
    zh: "以“{source}”开头的表达式过长或嵌套过深。请拆分成多个步骤。",
  },
  "expr.macro-variable": {
    ...unreadable,
    en: "“{source}” needs a variable name first, as in items.filter(item, item.price > 10).",
    zh: "“{source}”需要先写一个变量名，例如 items.filter(item, item.price > 10)。",
  },
  "expr.unfinished": {
    ...unreadable,
    en: "“{source}” stops too early: something is missing at its end.",
    zh: "“{source}”不完整：末尾缺少内容。",
  },
  "expr.single-equals": {
    ...unreadable,
    en: "“{source}” uses a single “=”. Write “==” to compare.",
    zh: "“{source}”只用了一个“=”。比较请写“==”。",
  },
  "expr.unexpected": {
    ...unreadable,
    en: "“{source}” can’t be read: “{found}” at character {column} doesn’t belong there.",
    zh: "“{source}”无法解析：第 {column} 个字符处的“{found}”不应出现在这里。",
  },
  "expr.unsupported": {
    ...unreadable,
    en: "“{what}” is not supported in expressions.",
    zh: "表达式不支持“{what}”。",
  },
  "expr.unknown-name": {
    ...unreadable,
    en: "“{name}” is not known here. Known: {known}.",
    zh: "此处没有“{name}”。可用的有：{known}。",
  },
  "expr.unknown-function": {
    ...unreadable,
    en: "There is no function “{name}”. The list of functions is in the documentation of expressions.",
    zh: "没有函数“{name}”。可用函数见表达式文档。",
  },
  "expr.unknown-function-near": {
    ...unreadable,
    en: "There is no function “{name}”. Did you mean “{near}”?",
    zh: "没有函数“{name}”。是否想写“{near}”？",
  },
  "expr.arity": {
    ...unreadable,
    en: "“{name}” takes {least} to {most} values but got {given}.",
    zh: "“{name}”需要 {least} 到 {most} 个值，实际给了 {given} 个。",
  },
  "expr.argument": {
    ...unreadable,
    en: "“{name}” can’t work with {value}.",
    zh: "“{name}”无法处理 {value}。",
  },
  "expr.operand": {
    ...unreadable,
    en: "“{operator}” needs a number but got {value}.",
    zh: "“{operator}”需要数字，实际是 {value}。",
  },
  "expr.operands": {
    ...unreadable,
    en: "“{operator}” doesn’t work between {left} and {right}. If one of them may be empty, give it a value with default(…, …).",
    zh: "“{operator}”不能用于 {left} 和 {right}。如果其中之一可能为空，请用 default(…, …) 给出默认值。",
  },
  "expr.overflow": {
    ...unreadable,
    en: "The result of “{operator}” is too large to be a number.",
    zh: "“{operator}”的结果超出了数字范围。",
  },
  "expr.division-by-zero": {
    ...unreadable,
    en: "{left} can’t be divided by zero. Check the divisor first, as in “count > 0 ? total / count : 0”.",
    zh: "{left} 不能除以零。请先检查除数，例如“count > 0 ? total / count : 0”。",
  },
  "expr.not-bool": {
    ...unreadable,
    en: "“{operator}” needs true or false but got {value}. Compare it with something, as in “amount > 10”.",
    zh: "“{operator}”需要 true 或 false，实际是 {value}。请写成比较，例如“amount > 10”。",
  },
  "expr.no-fields": {
    ...unreadable,
    en: "{value} has no field “{field}”.",
    zh: "{value} 没有字段“{field}”。",
  },
  "expr.unknown-name-near": {
    ...unreadable,
    en: "“{name}” is not known here. Did you mean “{near}”?",
    zh: "此处没有“{name}”。是否想用“{near}”？",
  },
  "expr.unknown-field": {
    ...unreadable,
    en: "“{holder}” has no field “{field}”. It has: {known}.",
    zh: "“{holder}”没有字段“{field}”。可用的字段：{known}。",
  },
  "expr.unknown-field-near": {
    ...unreadable,
    en: "“{holder}” has no field “{field}”. Did you mean “{near}”?",
    zh: "“{holder}”没有字段“{field}”。是否想用“{near}”？",
  },
  "expr.no-field-here": {
    ...unreadable,
    en: "“{part}” is a single value and has no fields, so “{field}” can’t be read from it.",
    zh: "“{part}”是单个值，没有字段，无法读取“{field}”。",
  },
  "expr.needs-number": {
    ...unreadable,
    en: "“{by}” needs a number, but “{part}” is something else. number(…) turns text into a number.",
    zh: "“{by}”需要数字，但“{part}”不是数字。可用 number(…) 将文本转换为数字。",
  },
  "expr.needs-text": {
    ...unreadable,
    en: "“{by}” needs a text, but “{part}” is something else. string(…) turns it into text.",
    zh: "“{by}”需要文本，但“{part}”不是文本。可用 string(…) 转换为文本。",
  },
  "expr.needs-bool": {
    ...unreadable,
    en: "“{part}” should be true or false here. Compare it with something, as in “amount > 10”.",
    zh: "“{part}”在这里应为 true 或 false。请写成比较，例如“amount > 10”。",
  },
  "expr.needs-list": {
    ...unreadable,
    en: "“{by}” works on a list, but “{part}” isn’t one.",
    zh: "“{by}”用于列表，但“{part}”不是列表。",
  },
  "expr.needs-object": {
    ...unreadable,
    en: "“{by}” works on something with fields, but “{part}” has none.",
    zh: "“{by}”用于带字段的对象，但“{part}”没有字段。",
  },
  "expr.may-be-empty": {
    ...unreadable,
    en: "“{part}” may be empty, and “{by}” can’t work with nothing. Say what to use then with default(…, …).",
    zh: "“{part}”可能为空，而“{by}”无法处理空值。请用 default(…, …) 指定默认值。",
  },
  "expr.may-differ": {
    ...unreadable,
    en: "“{part}” isn’t always the kind of value that “{by}” needs. Convert it first, with number(…) or string(…).",
    zh: "“{part}”不一定是“{by}”所需的类型。请先用 number(…) 或 string(…) 转换。",
  },
  "expr.different-kinds": {
    ...unreadable,
    en: "“{operator}” doesn’t work between “{left}” and “{right}”: they are different kinds of values.",
    zh: "“{operator}”不能用于“{left}”和“{right}”：它们的类型不同。",
  },
  "expr.never-equal": {
    ...unreadable,
    en: "“{left}” and “{right}” are different kinds of values: they are never equal.",
    zh: "“{left}”和“{right}”是不同类型的值，永远不会相等。",
  },
  "expr.unknown-word": {
    ...unreadable,
    en: "“{part}” is never “{word}”. It is one of: {known}.",
    zh: "“{part}”不会是“{word}”。可能的值：{known}。",
  },
  "expr.unknown-word-near": {
    ...unreadable,
    en: "“{part}” is never “{word}”. Did you mean “{near}”?",
    zh: "“{part}”不会是“{word}”。是否想写“{near}”？",
  },
  "expr.use-contains": {
    ...unreadable,
    en: "“in” looks into lists. To look into a text, write {part}.contains({item}).",
    zh: "“in”用于列表。要在文本中查找，请写 {part}.contains({item})。",
  },
});
