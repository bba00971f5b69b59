/** Heddle's mark: three warp threads and the weft that passes between them. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className="shrink-0 text-accent"
    >
      <path d="M4 2v16M10 2v16M16 2v16" strokeWidth="1.6" />
      <path d="M4 8c3 0 3 4 6 4s3-4 6-4" strokeWidth="2.2" />
    </svg>
  );
}
