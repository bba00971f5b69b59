import { Fragment, type ReactNode } from "react";

/** Bold, italics, code and references of one line. */
function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*(.+?)\*\*|\*(.+?)\*/g)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    const [whole, code, bold, italic] = match;
    const key = match.index;
    if (code !== undefined) {
      parts.push(
        <code key={key} className="rounded-small bg-line-2 px-1 py-px font-mono text-11 [overflow-wrap:anywhere]">
          {code}
        </code>,
      );
    } else if (bold !== undefined) {
      parts.push(
        <strong key={key} className="font-semibold text-ink">
          {bold}
        </strong>,
      );
    } else parts.push(<em key={key}>{italic}</em>);
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

type Block =
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string };

/** Takes Markdown apart into the blocks that docs and notes use: paragraphs, lists, headings, fenced code. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  let open: string[] = [];
  const closeParagraph = () => {
    if (open.length > 0) blocks.push({ kind: "text", text: open.join(" ") });
    open = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const item = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/.exec(line);
    if (line.startsWith("```")) {
      closeParagraph();
      const close = lines.findIndex((other, at) => at > i && other.startsWith("```"));
      const last = close === -1 ? lines.length : close;
      blocks.push({ kind: "code", text: lines.slice(i + 1, last).join("\n") });
      i = last;
    } else if (item) {
      closeParagraph();
      const before = blocks.at(-1);
      if (before?.kind === "list" && before.ordered === (item[1] !== undefined)) before.items.push(item[2]!);
      else blocks.push({ kind: "list", ordered: item[1] !== undefined, items: [item[2]!] });
    } else if (/^#{1,6}\s/.test(line)) {
      closeParagraph();
      blocks.push({ kind: "heading", text: line.replace(/^#+\s+/, "") });
    } else if (line.trim() === "") closeParagraph();
    else if (open.length === 0 && blocks.at(-1)?.kind === "list" && /^\s+\S/.test(line)) {
      const list = blocks.at(-1) as Extract<Block, { kind: "list" }>;
      list.items[list.items.length - 1] += ` ${line.trim()}`;
    } else open.push(line.trim());
  }
  closeParagraph();
  return blocks;
}

/** Markdown as it should look: what node docs and notes are written in. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="space-y-2 [overflow-wrap:anywhere]">
      {markdownBlocks(text).map((block, i) => (
        <Fragment key={i}>{render(block)}</Fragment>
      ))}
    </div>
  );
}

function render(block: Block): ReactNode {
  switch (block.kind) {
    case "code":
      return (
        <pre className="overflow-x-auto rounded-control bg-line-2 p-2.5 font-mono text-11 leading-4.5 whitespace-pre">
          {block.text}
        </pre>
      );
    case "heading":
      return <h5 className="font-semibold text-ink">{inline(block.text)}</h5>;
    case "list": {
      const items = block.items.map((item, i) => <li key={i}>{inline(item)}</li>);
      return block.ordered ? (
        <ol className="list-decimal space-y-1 pl-4.5">{items}</ol>
      ) : (
        <ul className="list-disc space-y-1 pl-4.5 marker:text-ink-3">{items}</ul>
      );
    }
    case "text":
      return <p>{inline(block.text)}</p>;
  }
}
