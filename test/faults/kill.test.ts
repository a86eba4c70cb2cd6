import { copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { judgeArgs, scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram, startProgram } from './program.js';
import { makeChance, ROUNDS, SEED } from './rounds.js';

const given = inject('faultTargets');

/** Times that one run is killed, at most, before it is let go on to its end. */
const MOST_KILLS = 2;

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;
let durationMs: number;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const db = folder.file('undisturbed.db');
  const startedAt = performance.now();
  const { code, stderr } = await runProgram(['scan', ...scanArgs(given), '--db', db]);
  durationMs = performance.now() - startedAt;
  expect([code, stderr]).toEqual([0, '']);
  expect(countInventory(db)).toEqual(wholeInventory(given.size));
  undisturbed = await readFacts(db, given.now);
  expect(undisturbed.size).toBe(given.size);
});

afterAll(() => folder.remove());

describe('a scan that is killed', () => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => SEED + round);

  it.each(rounds)('comes to the same inventory when it is resumed (seed %i)', async (seed) => {
    const chance = makeChance(seed);
    const db = folder.file(`${seed}.db`);
    const moments: string[] = [];
    const kills = 1 + Math.floor(chance() * MOST_KILLS);
    for (let kill = 0; kill < kills && !isComplete(db); kill += 1)
      moments.push(await killAtRandom(db, chance));
    if (!isComplete(db)) {
      const { code, stderr } = await runProgram(nextArgs(db));
      expect([code, stderr], `killed after ${moments.join(', ')}`).toEqual([0, '']);
    }
    expect(countInventory(db)).toEqual(wholeInventory(given.size));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });
});

describe('a scan that is to replace another and is killed', () => {
  const rounds = Array.from({ length: Math.ceil(ROUNDS / 2) }, (_, round) => SEED + round);

  it.each(rounds)('takes nothing away until it is resumed and complete (seed %i)', async (seed) => {
    const chance = makeChance(seed);
    const db = folder.file(`replaced-${seed}.db`);
    copyFileSync(folder.file('undisturbed.db'), db);
    const [before = ''] = readRuns(db, 'uuid');
    const isReplaced = () => !readRuns(db, 'uuid').includes(before);
    const next = () => {
      const isBegun = readRuns(db, 'uuid').length > 1;
      const args = isBegun ? ['--resume', ...judgeArgs(given)] : [...scanArgs(given), '--save', 'replace'];
      return ['scan', ...args, '--db', db];
    };
    for (let kill = 0; kill < MOST_KILLS && !isReplaced(); kill += 1) {
      const running = startProgram([...next(), '--ndjson']);
      // Every other run is killed first when all is found, and the rest is about to be taken away.
      const isLate = kill === 0 && seed % 2 === 0;
      const lines = isLate ? given.size : Math.floor(chance() * given.size);
      await running.until((output) => output.lines >= lines);
      running.child.kill('SIGKILL');
      await running.ended;
      if (isReplaced()) break;
      const facts = await readFacts(db, given.now);
      expect(compareFacts(facts, undisturbed), `killed after ${lines} lines`).toEqual([]);
    }
    if (!isReplaced()) {
      const { code, stderr } = await runProgram(next());
      expect([code, stderr]).toEqual([0, '']);
    }
    expect(countInventory(db)).toEqual(wholeInventory(given.size));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });
});

/** Starts or resumes the run and kills it, by time or by what it has found; says when. */
async function killAtRandom(db: string, chance: () => number): Promise<string> {
  const at = chance();
  if (chance() < 0.5) {
    const running = startProgram([...nextArgs(db), '--ndjson']);
    const lines = Math.floor(at * given.size);
    await running.until((output) => output.lines >= lines);
    running.child.kill('SIGKILL');
    await running.ended;
    return `${lines} lines`;
  }
  const running = startProgram(nextArgs(db));
  const timer = setTimeout(() => running.child.kill('SIGKILL'), at * durationMs);
  await running.ended;
  clearTimeout(timer);
  return `${Math.round(at * durationMs)} ms`;
}

/** What a user would type next: on with the run if there is one, else from the beginning. */
function nextArgs(db: string): string[] {
  const next = readRuns(db, 'state').length > 0 ? ['--resume', ...judgeArgs(given)] : scanArgs(given);
  return ['scan', ...next, '--db', db];
}

/** A scan may have ended before it was killed. */
function isComplete(db: string): boolean {
  return readRuns(db, 'state').includes('completed');
}

function readRuns(db: string, column: 'state' | 'uuid'): string[] {
  if (!existsSync(db)) return [];
  const database = new Database(db);
  try {
    const isFilled =
      database.prepare("select 1 from sqlite_schema where name = 'scan_run'").get() !== undefined;
    return isFilled ? database.prepare<[], string>(`select ${column} from scan_run`).pluck().all() : [];
  } finally {
    database.close();
  }
}
