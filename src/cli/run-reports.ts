import { resolve } from 'node:path';
import type { SavedReport } from '../model/saved-report.js';
import { UsageError } from '../model/usage-error.js';
import { writeFile } from '../report/write-file.js';
import { openInventory } from '../store/inventory.js';
import { findReport } from './find-report.js';
import { planReport, type ReportPlan } from './plan-report.js';
import { escapeTerminal } from './print/escape-terminal.js';
import { writeStream } from './print/write-stream.js';

/** What `certsweep report run` is told. */
export interface RunReportsFlags {
  readonly db: string;
  readonly all?: true;
  readonly out?: string;
  readonly now?: Date;
}

/** Writes saved reports one after the other, none of them unless all are understood; names each file. */
export async function runReports(names: readonly string[], flags: RunReportsFlags): Promise<void> {
  if (names.length === 0 && !flags.all) throw new UsageError('name a report, or take --all');
  if (names.length > 0 && flags.all) throw new UsageError('--all are all: leave the names out');
  const now = flags.now ?? new Date();
  const inventory = openInventory(flags.db, { readOnly: true });
  try {
    const saved = await inventory.savedReports();
    const chosen = flags.all ? saved : [...new Set(names)].map((name) => findReport(saved, name));
    const plans: ReportPlan[] = [];
    for (const report of chosen)
      plans.push(await understand({ ...report, out: flags.out ?? report.out }, now));
    const paths = new Set<string>();
    for (const { path } of plans) {
      const file = resolve(path);
      if (plans.length > 1 && (path === '-' || paths.has(file)))
        throw new UsageError(`--out: several reports cannot all go to ${path}: put {name} in it`);
      paths.add(file);
    }
    if (plans.length === 0) process.stdout.write('no reports are saved\n');
    for (const { path, write } of plans) {
      if (path === '-') await writeStream(process.stdout, write(inventory));
      else {
        await writeFile(path, write(inventory));
        process.stdout.write(`${escapeTerminal(path)}\n`);
      }
    }
  } finally {
    await inventory.close();
  }
}

/** What was saved by another version, or came from another inventory, may be wrong by now. */
async function understand(report: SavedReport, now: Date): Promise<ReportPlan> {
  try {
    return await planReport(report, now);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`report ${escapeTerminal(report.name)}: ${error.message}`, { cause: error });
  }
}
