import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { openViews } from '../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import type { ViewChoice } from '../../src/store/view-choice.js';
import type { ViewEntry } from '../../src/store/view-entry.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();
const STARTED_AT = Date.parse(makeRun().startedAt);

/** What may be seen: an endpoint, by which run, at which second, and what was there; -1 is nobody. */
const sightings = fc.array(
  fc.record({
    port: fc.integer({ min: 1, max: 4 }),
    run: fc.constantFrom(...RUNS),
    second: fc.integer({ min: 0, max: 9 }),
    leaf: fc.integer({ min: -1, max: 1 }),
  }),
  { maxLength: 24 },
);

const moment = fc.oneof(
  fc.integer({ min: -1, max: 10 }).map((second) => STARTED_AT + 1000 * second),
  fc.constant(Number.POSITIVE_INFINITY),
);
const choice: fc.Arbitrary<ViewChoice> = fc.oneof(
  fc.constantFrom(...RUNS).map((run) => ({ run })),
  moment.map((until) => ({ until })),
);

describe('comparing two views of an inventory', () => {
  it('passes by what both show alike, and nothing else that matters', async () => {
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(sightings, choice, choice, async (seen, before, after) => {
        nth += 1;
        const path = file(`${nth}.db`);
        await write(path, seen.map(observe));
        const views = openViews(path, { now: new Date(STARTED_AT) });
        try {
          const [old, current] = [before, after].map((each) => gather(views.view(each).entries()));
          const found = [...views.view(before).differences(after)].map((part) => ({
            same: part.same,
            before: gather(part.before),
            after: gather(part.after),
          }));
          const passed = found.reduce((sum, { same }) => sum + same, 0);
          const told = new Set(found.flatMap((part) => [...part.before.keys(), ...part.after.keys()]));
          const all = new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])]);
          expect(passed + told.size).toBe(all.size);
          for (const id of all) {
            const [one, other] = [old?.get(id), current?.get(id)];
            if (told.has(id)) {
              expect(found.flatMap((part) => part.before.get(id) ?? [])).toEqual(one ? [one] : []);
              expect(found.flatMap((part) => part.after.get(id) ?? [])).toEqual(other ? [other] : []);
            } else expect([one?.chainId, one?.judgementId]).toEqual([other?.chainId, other?.judgementId]);
          }
        } finally {
          views.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});

function observe({
  leaf,
  port,
  run,
  second,
}: {
  leaf: number;
  port: number;
  run: string;
  second: number;
}): JudgedObservation {
  const endpoint = makeEndpoint({ port });
  const observedAt = new Date(STARTED_AT + 1000 * second).toISOString();
  return leaf < 0
    ? makeRefused(endpoint, { run, observedAt })
    : makeTls(endpoint, [`leaf ${leaf}`], { run, observedAt });
}

async function write(path: string, observations: readonly JudgedObservation[]): Promise<void> {
  const inventory = openInventory(path, { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  await inventory.saveBatch(observations);
  await inventory.close();
}

function gather(entries: Iterable<ViewEntry>): Map<number | null, ViewEntry> {
  return new Map([...entries].map((entry) => [entry.endpointId, entry]));
}
