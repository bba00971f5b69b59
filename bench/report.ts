/** One measured figure. `ratio` is peer / ours (how many times better) where a peer ran in the same run, else limit / ours. */
export interface Measurement {
  bench: string;
  case: string;
  unit: string;
  ours: number;
  peer: number | null;
  peerName: string | null;
  ratio: number | null;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Prints a table, or with `--json` on the command line one object a line. */
export function report(measurements: readonly Measurement[]): void {
  if (process.argv.includes("--json")) {
    for (const measurement of measurements) console.log(JSON.stringify(measurement));
    return;
  }
  const cell = (value: number | null) => (value === null ? "–" : value < 100 ? value.toPrecision(3) : value.toFixed(0));
  const rows = measurements.map((m) => [
    m.bench,
    m.case,
    `${cell(m.ours)} ${m.unit}`,
    m.peer === null ? "–" : `${cell(m.peer)} ${m.unit}`,
    m.peerName ?? "–",
    m.ratio === null ? "–" : `${m.ratio.toFixed(1)}x`,
  ]);
  const header = ["bench", "case", "ours", "against", "what", "ratio"];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  for (const row of [header, ...rows]) console.log(row.map((text, column) => text.padEnd(widths[column]!)).join("  "));
}
