import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MeasuredProcess, type MeasureOptions, measureProcess } from './measure-process.js';

/** The program as users start it. */
export const CERTSWEEP = [
  process.execPath,
  fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)),
];

/** Exit codes of scans that did what is measured: to the end, or until they were interrupted. */
const DONE = [0, 130];

/** How to scan. */
export interface BenchScan extends MeasureOptions {
  /** Where the inventory goes. */
  readonly folder: string;
  /** Targets and options of `certsweep scan`. */
  readonly args: readonly string[];
  /** A program that starts the scan in an environment of its own. */
  readonly within?: readonly string[];
}

/** A scan that was measured. */
export interface MeasuredScan extends MeasuredProcess {
  readonly inventory: string;
  readonly inventoryBytes: number;
}

let scans = 0;

/** Runs `certsweep scan` into an inventory of its own and tells what the process used. */
export async function runScan({ args, folder, within = [], ...options }: BenchScan): Promise<MeasuredScan> {
  scans += 1;
  const inventory = join(folder, `inventory-${scans}.db`);
  const scan = ['scan', ...args, '--speed', 'fast', '--quiet', '--db', inventory];
  const measured = await measureProcess([...within, ...CERTSWEEP, ...scan], options);
  if (!DONE.includes(measured.status))
    throw new Error(`certsweep ${scan.join(' ')} ended with ${measured.status}`);
  return { ...measured, inventory, inventoryBytes: statSync(inventory).size };
}
