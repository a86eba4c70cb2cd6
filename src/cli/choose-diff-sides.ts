import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ScanRun } from '../model/scan-run.js';
import { UsageError } from '../model/usage-error.js';
import { boundsOf, parseTimeValue } from '../query/time-value.js';
import { openInventory } from '../store/inventory.js';
import type { ViewChoice } from '../store/view-choice.js';

/** One side of a comparison. */
export interface DiffSide {
  /** The inventory's file. */
  readonly path: string;
  readonly choice: ViewChoice;
  /** In words: `run 0193… of 2026-11-22 10:00`. */
  readonly label: string;
}

/** Both sides of a comparison. */
export interface DiffSides {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

/** What the command line says of the sides. */
export interface DiffSidesFlags {
  readonly db: string;
  readonly since?: string;
  readonly until?: string;
}

/** Finds out what to compare: two inventories, two moments of one, or two of its runs. */
export async function chooseDiffSides(
  operands: readonly string[],
  { db, since, until }: DiffSidesFlags,
  now: Date,
): Promise<DiffSides> {
  const [first, second] = operands;
  if (since === undefined && until !== undefined)
    throw new UsageError('--until needs --since: the changes between two moments');
  if (since !== undefined) {
    if (first !== undefined)
      throw new UsageError(`--since compares two moments of ${db}: leave out ${first}, or leave out --since`);
    return chooseMoments(db, readSince(since, now), readUntil(until, now));
  }
  const files = operands.filter(isFile);
  if (first !== undefined && files.length > 0 && files.length === operands.length)
    return chooseInventories(first, second ?? db);
  const [file] = files;
  if (file !== undefined)
    throw new UsageError(
      `${file} is a file, and the other side is none: name two inventories, or two runs of --db ${file}`,
    );
  return chooseRuns(db, first, second);
}

/** Words for runs are no files, whatever lies about. */
function isFile(operand: string): boolean {
  return operand !== LAST && operand !== PREVIOUS && existsSync(operand);
}

function chooseInventories(before: string, after: string): DiffSides {
  if (resolve(before) === resolve(after))
    throw new UsageError(`${before} is on both sides: name another inventory, or two of its runs`);
  const choice = { until: Number.POSITIVE_INFINITY };
  return {
    before: { path: before, choice, label: before },
    after: { path: after, choice, label: after },
  };
}

async function chooseMoments(path: string, since: number, until: number): Promise<DiffSides> {
  if (since >= until)
    throw new UsageError(`--since ${formatMinute(since)} must be earlier than ${formatMinute(until)}`);
  const first = (await readRuns(path)).findLast(({ isProvisional }) => !isProvisional);
  if (first === undefined || Date.parse(first.startedAt) >= since)
    throw new UsageError(
      `there is nothing to compare with: ${path} knows nothing from before ${formatMinute(since)}${first ? `, its first run started ${formatMinute(Date.parse(first.startedAt))}` : ''}`,
    );
  return {
    before: { path, choice: { until: since - 1 }, label: formatMinute(since) },
    after: { path, choice: { until: until - 1 }, label: formatMinute(until) },
  };
}

/** A duration is one past; a day begins with its first moment. */
function readSince(text: string, now: Date): number {
  return readTime('--since', text, now).from;
}

/** All of a day belongs to it. */
function readUntil(text: string | undefined, now: Date): number {
  return text === undefined ? now.getTime() + 1 : readTime('--until', text, now).until;
}

function readTime(option: string, text: string, now: Date) {
  const value = parseTimeValue(text.trim());
  if (value === null)
    throw new UsageError(`${option}: ${JSON.stringify(text)} is no time: write 7d, 2026-11-01 or now`);
  if (!('undirected' in value)) return boundsOf(value, now);
  const { amount, unit } = value.undirected;
  return boundsOf({ amount: -amount, unit }, now);
}

const LAST = 'last';
const PREVIOUS = 'previous';

async function chooseRuns(
  path: string,
  first: string | undefined,
  second: string | undefined,
): Promise<DiffSides> {
  const runs = await readRuns(path);
  const completed = runs.filter(({ state }) => state === 'completed');
  const [last, previous] = completed;
  const before = find(first ?? PREVIOUS);
  const after = find(second ?? LAST);
  if (before.id === after.id)
    throw new UsageError(`run ${before.id} is on both sides: name another one, see certsweep list runs`);
  return { before: toSide(path, before), after: toSide(path, after) };

  function find(wanted: string): ScanRun {
    const word = wanted === LAST ? last : wanted === PREVIOUS ? previous : undefined;
    if (word) return word;
    if (wanted === LAST || wanted === PREVIOUS)
      throw new UsageError(
        `there is nothing to compare with yet: ${path} has ${last ? `one completed run, ${last.id}` : 'no completed run'}`,
      );
    const found = runs.filter(({ id }) => id.startsWith(wanted.toLowerCase()));
    const [run] = found;
    if (run === undefined)
      throw new UsageError(
        `${path} has no run ${wanted}, and there is no file of that name: see certsweep list runs`,
      );
    if (found.length > 1)
      throw new UsageError(`${found.length} runs begin with ${wanted}: write more of the id`);
    return run;
  }
}

function toSide(path: string, { id, startedAt, state }: ScanRun): DiffSide {
  const note = state === 'completed' ? '' : ` (${state})`;
  return { path, choice: { run: id }, label: `run ${id} of ${formatMinute(Date.parse(startedAt))}${note}` };
}

async function readRuns(path: string): Promise<readonly ScanRun[]> {
  const inventory = openInventory(path, { readOnly: true });
  try {
    return await inventory.runs();
  } finally {
    await inventory.close();
  }
}

function formatMinute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
