import type { z } from "zod";
import type { JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";

interface Field {
  label: Text;
  value: JsonValue | undefined;
}

const KINDS: Readonly<Record<string, Text>> = {
  string: { en: "a text", zh: "文本" },
  number: { en: "a number", zh: "数字" },
  int: { en: "a whole number", zh: "整数" },
  boolean: { en: "yes or no (true or false)", zh: "是或否（true 或 false）" },
  array: { en: "a list", zh: "列表" },
  object: { en: "a group of named settings", zh: "一组带名称的设置" },
  record: { en: "a group of named entries", zh: "一组带名称的条目" },
  null: { en: "empty", zh: "空" },
};

/** One sentence in each language for what a schema found. Never the schema library's own words. */
export function sentences(issue: z.core.$ZodIssue, field: Field): Text {
  const { label, value } = field;
  if (label.en === "") return whole(issue);
  switch (issue.code) {
    case "invalid_type":
      return value === undefined ? missing(label) : wrongKind(label, issue.expected);
    case "too_small":
      return tooSmall(label, issue, value);
    case "too_big":
      return tooBig(label, issue);
    case "invalid_value":
      return value === undefined ? missing(label) : oneOf(label, issue.values);
    case "not_multiple_of":
      return {
        en: `“${label.en}” must be a multiple of ${issue.divisor}.`,
        zh: `“${label.zh}”必须是 ${issue.divisor} 的倍数。`,
      };
    case "invalid_key":
      return {
        en: `“${label.en}” can’t be a name here: use lower-case letters, digits and “_”, beginning with a letter.`,
        zh: `“${label.zh}”不能用作名称：请使用小写字母、数字和“_”，并以字母开头。`,
      };
    case "custom":
      return custom(issue, label);
    case "invalid_format":
      return value === "" ? missing(label) : badForm(label);
    default:
      return value === undefined ? missing(label) : badForm(label);
  }
}

function whole(issue: z.core.$ZodIssue): Text {
  if (issue.code === "custom") return custom(issue, { en: "Settings", zh: "设置" });
  return { en: "The settings should be a group of the form “name: value”.", zh: "设置应由“名称: 值”形式的条目组成。" };
}

/** The sentence for a setting that has to be there. */
export function missing(label: Text): Text {
  return { en: `“${label.en}” is missing. Fill it in.`, zh: `缺少“${label.zh}”，请填写。` };
}

function wrongKind(label: Text, expected: string): Text {
  const kind = KINDS[expected];
  return kind ? { en: `“${label.en}” must be ${kind.en}.`, zh: `“${label.zh}”必须是${kind.zh}。` } : badForm(label);
}

function badForm(label: Text): Text {
  return {
    en: `“${label.en}” isn’t written in a form that works here.`,
    zh: `“${label.zh}”的写法不符合要求。`,
  };
}

function oneOf(label: Text, values: readonly unknown[]): Text {
  const words = values.map(String).join(", ");
  return { en: `“${label.en}” must be one of: ${words}.`, zh: `“${label.zh}”必须是以下之一：${words}。` };
}

function custom(issue: Extract<z.core.$ZodIssue, { code: "custom" }>, label: Text): Text {
  const text = (issue.params as { text?: Text } | undefined)?.text;
  if (text) return text;
  return { en: `“${label.en}”: ${issue.message}`, zh: `“${label.zh}”：${issue.message}` };
}

function tooSmall(
  label: Text,
  issue: Extract<z.core.$ZodIssue, { code: "too_small" }>,
  value: JsonValue | undefined,
): Text {
  const least = String(issue.minimum);
  if (issue.origin === "string") {
    if (value === "" || least === "1") return { en: `“${label.en}” must not be empty.`, zh: `“${label.zh}”不能为空。` };
    return { en: `“${label.en}” needs at least ${least} characters.`, zh: `“${label.zh}”至少需要 ${least} 个字符。` };
  }
  if (issue.origin === "array" || issue.origin === "set" || issue.origin === "map") {
    const entries = least === "1" ? "one entry" : `${least} entries`;
    return { en: `“${label.en}” needs at least ${entries}.`, zh: `“${label.zh}”至少需要 ${least} 项。` };
  }
  if (issue.inclusive === false)
    return { en: `“${label.en}” must be more than ${least}.`, zh: `“${label.zh}”必须大于 ${least}。` };
  return { en: `“${label.en}” must be at least ${least}.`, zh: `“${label.zh}”不能小于 ${least}。` };
}

function tooBig(label: Text, issue: Extract<z.core.$ZodIssue, { code: "too_big" }>): Text {
  const most = String(issue.maximum);
  if (issue.origin === "string") {
    return { en: `“${label.en}” may have at most ${most} characters.`, zh: `“${label.zh}”最多 ${most} 个字符。` };
  }
  if (issue.origin === "array" || issue.origin === "set" || issue.origin === "map") {
    return { en: `“${label.en}” may have at most ${most} entries.`, zh: `“${label.zh}”最多 ${most} 项。` };
  }
  if (issue.inclusive === false)
    return { en: `“${label.en}” must be less than ${most}.`, zh: `“${label.zh}”必须小于 ${most}。` };
  return { en: `“${label.en}” may be at most ${most}.`, zh: `“${label.zh}”不能大于 ${most}。` };
}
