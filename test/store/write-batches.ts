// A process of its own that saves batches: node --import tsx write-batches.ts <inventory> <run> <first port> <batches>
import { openInventory } from '../../src/store/inventory.js';
import { makeEndpoint, makeRun, makeTls } from './sample-observation.js';

const [path = '', run = '', firstPort = '', batches = ''] = process.argv.slice(2);
const inventory = openInventory(path, { create: true });
await inventory.startRun(makeRun(run));
for (let i = 0; i < Number(batches); i += 1)
  await inventory.saveBatch([makeTls(makeEndpoint({ port: Number(firstPort) + i }), undefined, { run })]);
await inventory.close();
