// A process of its own that saves entries of a plan until it is killed, and tells of each batch that it has saved:
// node --import tsx write-entries.ts <inventory> <run>
import { openInventory } from '../../src/store/inventory.js';
import { makeEndpoint, makeRefused, makeRun, makeTls } from './sample-observation.js';

const BATCH = 50;
const [path = '', run = ''] = process.argv.slice(2);
const inventory = openInventory(path, { create: true });
await inventory.startRun(makeRun(run));
const { doneBefore = 0 } = (await inventory.progress(run)) ?? {};
for (let first = doneBefore; first < 60_000; first += BATCH) {
  const entries = Array.from({ length: BATCH }, (_, i) => {
    const endpoint = makeEndpoint({ port: 1 + first + i });
    const judged = i % 5 === 0 ? makeTls(endpoint, ['leaf'], { run }) : makeRefused(endpoint, { run });
    return { entry: first + i, observations: [judged] };
  });
  await inventory.saveEntries(run, entries, {
    planDigest: 'digest',
    doneBefore: first + BATCH,
    doneBeyond: Uint8Array.of(),
    extra: 0,
  });
  process.stdout.write(`${first + BATCH}\n`);
}
