import type { LineCounter, YAMLParseError } from "yaml";
import type { Text } from "../../lib/text.ts";
import { problem, type Problem } from "../problem.ts";

/** What the parser found, in words for people who don't know YAML by heart. */
const CAUSES: Partial<Record<YAMLParseError["code"], Text>> = {
  BAD_INDENT: { en: "the line is indented differently from its neighbours", zh: "该行的缩进与相邻行不一致" },
  TAB_AS_INDENT: { en: "the line is indented with a tab; use spaces", zh: "该行使用了制表符缩进，请改用空格" },
  MISSING_CHAR: { en: "a closing quote, bracket or brace, or a colon is missing", zh: "缺少结束的引号、括号，或冒号" },
  UNEXPECTED_TOKEN: { en: "something here doesn’t belong", zh: "此处有多余的内容" },
  BLOCK_AS_IMPLICIT_KEY: { en: "a text with a colon in it needs quotes", zh: "含有冒号的文本需要加引号" },
  MULTILINE_IMPLICIT_KEY: {
    en: "a colon is missing, or a text over several lines needs quotes",
    zh: "缺少冒号，或跨行文本需要加引号",
  },
  BAD_SCALAR_START: { en: "a text that begins with this character needs quotes", zh: "以该字符开头的文本需要加引号" },
  BAD_DQ_ESCAPE: { en: "a backslash inside double quotes must be written twice", zh: "双引号内的反斜杠需要写两次" },
  BAD_ALIAS: {
    en: "“*” refers to something that isn’t there; a text that begins with it needs quotes",
    zh: "“*”引用了不存在的内容；以它开头的文本需要加引号",
  },
  BLOCK_IN_FLOW: {
    en: "inside brackets or braces everything must be on the same level",
    zh: "括号内不能使用缩进形式的内容",
  },
  MULTIPLE_DOCS: { en: "a line “---” begins a second document", zh: "“---”行开始了第二个文档" },
};
const OTHERWISE: Text = { en: "this can’t be read as YAML", zh: "此处不是有效的 YAML" };

/** The first syntax error: those behind it are its consequences, one missing bracket would give a problem a line. */
export function syntaxProblems(errors: readonly YAMLParseError[], lines: LineCounter): Problem[] {
  const [first] = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (!first) return [];
  const { line, col: column } = lines.linePos(first.pos[0]);
  const { en, zh } = CAUSES[first.code] ?? OTHERWISE;
  return [problem("flow.syntax", "error", { line, column, en, zh }, { line, column })];
}
