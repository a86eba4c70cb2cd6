import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { type MergedInventories, mergeInventories } from '../store/merge-inventories.js';
import { openDatabase } from '../store/open-database.js';
import { gatherMergeSources } from './gather-merge-sources.js';
import type { MergeFlags } from './merge-flags.js';
import { escapeTerminal } from './print/escape-terminal.js';

/** Merges files into an inventory, all of them or, when it throws, nothing; prints what they have brought. */
export async function runMerge(files: readonly string[], flags: MergeFlags): Promise<void> {
  const { into } = flags;
  // Whatever is wrong with it is said before anything is read.
  checkTarget(into);
  const folder = await mkdtemp(path.join(tmpdir(), 'certsweep-merge-'));
  try {
    const { copies, notes } = await gatherMergeSources(files, flags, folder);
    const merged = copies.length === 0 ? NOTHING : mergeInventories(into, copies);
    const lines = flags.json
      ? [JSON.stringify({ ...merged.added, annotations: merged.annotations, notes })]
      : [...notes.map(escapeTerminal), describeMerged(files.length, escapeTerminal(into), merged)];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NOTHING: MergedInventories = {
  added: { runs: 0, endpoints: 0, observations: 0, certificates: 0 },
  annotations: 0,
};

function checkTarget(into: string): void {
  try {
    openDatabase(into, { readOnly: true, anyVersion: true }).close();
  } catch (error) {
    // It is made when all that is to be merged was read.
    if (!(error instanceof UsageError) || !error.message.startsWith('there is no inventory')) throw error;
  }
}

function describeMerged(files: number, into: string, { added, annotations }: MergedInventories): string {
  const { certificates, endpoints, observations, runs } = added;
  const counts = [
    count(runs, 'run'),
    count(endpoints, 'endpoint'),
    count(observations, 'observation'),
    count(certificates, 'certificate'),
    ...(annotations === 0 ? [] : [count(annotations, 'annotation')]),
  ];
  const isNew = [runs, endpoints, observations, certificates, annotations].some((number) => number > 0);
  const merged = `merged ${count(files, 'source')} into ${into}`;
  return isNew
    ? `${merged}: ${counts.slice(0, -1).join(', ')} and ${counts.at(-1)} are new`
    : `${merged}: nothing was new`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
