/** A worker thread that takes and gives back places at one address for a while, and notes how many are held at once. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type ConnectionLimitsShare,
  openConnectionLimits,
} from '../../../src/scan/pace/connection-limits.js';

interface Race {
  readonly share: ConnectionLimitsShare;
  readonly worker: number;
  readonly address: string;
  readonly takes: number;
  /** Places held by all now, and the most that ever were. */
  readonly held: SharedArrayBuffer;
}

const { share, worker, address, takes, held } = workerData as Race;
const limits = openConnectionLimits(share, worker);
const [now, most] = [0, 1];
const counts = new Int32Array(held);
let taken = 0;
let turnedAway = 0;
while (taken < takes) {
  if (!limits.tryTake(address)) {
    turnedAway += 1;
    continue;
  }
  taken += 1;
  const together = Atomics.add(counts, now, 1) + 1;
  let record = Atomics.load(counts, most);
  while (together > record) record = Atomics.compareExchange(counts, most, record, together);
  for (let spin = 0; spin < 50; spin += 1) Atomics.load(counts, now);
  Atomics.sub(counts, now, 1);
  limits.release(address);
}
parentPort?.postMessage(turnedAway);
