/** What was measured, or what is meant, in numbers as people write them. */
export interface BenchLine {
  readonly what: string;
  /** Absent: the number is there to compare with. */
  readonly target?: string;
  readonly measured: string;
}

/** Prints a title and the heads of the columns. */
export function printTitle(title: string): void {
  process.stdout.write(`\n${title}\n`);
  printLine({ what: '', target: 'target', measured: 'measured' });
}

/** Prints a number beside what it is meant to be. */
export function printLine({ what, target = '', measured }: BenchLine): void {
  process.stdout.write(`  ${what.padEnd(52)} ${target.padEnd(16)} ${measured}\n`);
}
