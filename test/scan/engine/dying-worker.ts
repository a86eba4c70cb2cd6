import { parentPort, workerData } from 'node:worker_threads';
import { work } from '../../../src/scan/engine/work.js';

/** Addresses at which a worker dies, by how it does. */
export const DEADLY = { exit: '127.0.0.66', throws: '127.0.0.67', memory: '127.0.0.68' } as const;

/** An address at which a worker hears nothing any more, not even that it should stop. */
export const DEAF = '127.0.0.69';

if (parentPort && workerData?.start) {
  await work(parentPort, workerData.start, {
    now: () => new Date(),
    wrap: (stages) => ({
      ...stages,
      probe: async (endpoint, signal) => {
        const { address } = endpoint;
        if (address === DEADLY.exit) process.exit(7);
        if (address === DEADLY.throws) throw new Error('a fault of ours');
        if (address === DEADLY.memory) fillMemory();
        if (address === DEAF) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        return stages.probe(endpoint, signal);
      },
    }),
  });
}

function fillMemory(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(new Array(10_000).fill({ at: kept.length }));
}
