/** How a file is read. */
export const KINDS = ["text", "markdown", "csv", "json", "yaml", "html", "pdf", "docx", "xlsx"] as const;
export type FileKind = (typeof KINDS)[number];

export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1252",
  "iso-8859-2",
  "windows-1251",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

const ENDINGS: Readonly<Record<string, FileKind>> = {
  txt: "text",
  log: "text",
  text: "text",
  ini: "text",
  xml: "text",
  sql: "text",
  eml: "text",
  md: "markdown",
  markdown: "markdown",
  csv: "csv",
  tsv: "csv",
  json: "json",
  geojson: "json",
  ipynb: "json",
  yaml: "yaml",
  yml: "yaml",
  html: "html",
  htm: "html",
  xhtml: "html",
  pdf: "pdf",
  docx: "docx",
  xlsx: "xlsx",
};

/** The kind that a file's name tells. */
export function kindOf(path: string): FileKind | undefined {
  return ENDINGS[/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? ""];
}

/** What of a file is text in some encoding, as opposed to a format of bytes. */
export const isTextual = (kind: FileKind): boolean => !["pdf", "docx", "xlsx"].includes(kind);
