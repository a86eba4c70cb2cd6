/** Writes counts with their names, those that are 0 left out: `12 Good, 1,024 Warning`. */
export function formatCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${value.toLocaleString('en-US')} ${name}`)
    .join(', ');
}
