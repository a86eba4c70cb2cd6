import { writeFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';
import { startFaultNetwork } from './fault-network.js';
import type { FaultTargets } from './fault-targets.js';

declare module 'vitest' {
  interface ProvidedContext {
    faultTargets: FaultTargets;
  }
}

/** Blocks of 127.0.0.0/8 that a run may take, so that two runs on one machine do not meet. */
const FIRST_BLOCK = 100;
const BLOCKS = 100;

/** Starts the network that all files scan; returns what takes it down. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeTemporaryFolder();
  const network = await startFaultNetwork(`127.${FIRST_BLOCK + (process.pid % BLOCKS)}`);
  const anchors = folder.file('corp.pem');
  writeFileSync(anchors, network.anchorPem);
  const { now, part, partSize, size, targets } = network;
  project.provide('faultTargets', { targets, part, size, partSize, anchors, now });
  return async () => {
    await network.close();
    await folder.remove();
  };
}
