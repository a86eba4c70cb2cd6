import type { Change } from '../../../src/model/change.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Observation } from '../../../src/model/observation.js';
import { parseQuery } from '../../../src/query/parse-query.js';
import { diffViews } from '../../../src/scan/diff/diff-views.js';
import { openInventory } from '../../../src/store/inventory.js';
import { openViews } from '../../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../../src/store/save-observations.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
} from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';

export const RUNS = [1, 2, 3].map((nth) => `0193b7c0-0000-7000-8000-00000000000${nth}`);
export const NOW = new Date('2026-11-25T00:00:00Z');
export const HERE = makeEndpoint({ address: '10.0.0.1' });

/** Where inventories are made for a test. */
export const file = useTemporaryDirectory();

/** Runs are a day apart; what each observes is told by its number. */
export type Observe = (run: number) => readonly JudgedObservation[];

/** What was observed in a run, at its time. */
export function inRun(nth: number, judged: JudgedObservation): JudgedObservation {
  const observation = { ...judged.observation, run: RUNS[nth] ?? '', observedAt: timeOf(nth, 1) };
  return { ...judged, observation };
}

export function timeOf(nth: number, second: number): string {
  return `2026-11-2${2 + nth}T10:00:0${second}.000Z`;
}

export async function write(path: string, observe: Observe, runs: readonly number[] = [0, 1]): Promise<void> {
  const inventory = openInventory(path, { create: true });
  for (const nth of runs) {
    await inventory.startRun({ ...makeRun(RUNS[nth]), startedAt: timeOf(nth, 0) });
    await inventory.saveBatch(observe(nth).map((judged) => inRun(nth, judged)));
  }
  await inventory.close();
}

export async function readAll(diff: ReturnType<typeof diffViews>) {
  const changes: Change[] = [];
  for await (const change of diff.changes) changes.push(change);
  return { changes, totals: diff.totals };
}

/** Compares the last two runs, and the same as moments and as inventories, which must come out alike. */
export async function diff(observe: Observe, last = 1, where?: string) {
  const runs = Array.from({ length: last + 1 }, (_, nth) => nth);
  const path = file('inventory.db');
  await write(path, observe, runs);
  const matching = where === undefined ? undefined : { query: parseQuery(where), now: NOW };
  const views = openViews(path, { now: NOW, ...(matching && { matching }) });
  try {
    return await readAll(
      diffViews(views.view({ run: RUNS[last - 1] ?? '' }), views.view({ run: RUNS[last] ?? '' })),
    );
  } finally {
    views.close();
  }
}

export async function diffMoments(observe: Observe, last = 1) {
  const path = file('moments.db');
  await write(
    path,
    observe,
    Array.from({ length: last + 1 }, (_, nth) => nth),
  );
  const views = openViews(path, { now: NOW });
  try {
    const until = (nth: number) => Date.parse(timeOf(nth, 9));
    return await readAll(
      diffViews(views.view({ until: until(last - 1) }), views.view({ until: until(last) })),
    );
  } finally {
    views.close();
  }
}

export async function diffInventories(observe: Observe) {
  const paths = [file('a.db'), file('b.db')] as const;
  // The second has other numbers for the same facts.
  await write(paths[0], observe, [0]);
  await write(paths[1], (nth) => [makeTls(makeEndpoint({ port: 1 })), ...observe(nth)].reverse(), [1]);
  const sources = paths.map((path) => openViews(path, { now: NOW }));
  try {
    const [before, after] = sources.map((source) => source.view({ until: Number.POSITIVE_INFINITY }));
    if (!before || !after) throw new Error('there are two');
    const { changes, totals } = await readAll(diffViews(before, after));
    return { changes: changes.filter(({ endpoint }) => endpoint.port !== 1), totals };
  } finally {
    for (const source of sources) source.close();
  }
}

export function tell(changes: readonly Change[]): string[] {
  return changes.map(({ endpoint, kind, reason }) => `${kind} ${formatEndpoint(endpoint)}: ${reason}`);
}

export function makeLeaf(
  name: string,
  facts: Parameters<typeof makeFacts>[1] = {},
  endpoint = HERE,
): JudgedObservation {
  return makeTls(endpoint, [name], { judgement: { presented: [makeFacts(name, facts)], findings: [] } });
}

export function makeFailed(
  outcome: Observation['outcome'],
  stage: 'resolve' | 'connect' | 'starttls' | 'handshake' = 'connect',
  endpoint = HERE,
): JudgedObservation {
  const refused = makeRefused(endpoint);
  const failure = { stage, code: outcome, detail: `it was ${outcome}` };
  return { ...refused, observation: { ...refused.observation, outcome, failure } };
}

export function withFindings(
  judged: JudgedObservation,
  findings: readonly Finding[],
  grade = 'A',
): JudgedObservation {
  return { ...judged, judgement: { ...judged.judgement, findings, grade } };
}

export const SAME_NAMES = { subjectAltNames: ['DNS:shop.example', 'DNS:WWW.shop.example'] };
export const KEY = { spkiSha256: fingerprint(makeDer('key')) };
