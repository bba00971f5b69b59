/** Joins class names; falsy parts drop out. Components take `className` for placement (margin, width), never to restyle. */
export function cn(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
