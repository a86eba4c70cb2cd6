import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram, startProgram } from './program.js';
import { describeUnless } from './skip-aloud.js';
import { findRemoteObstacle, type RemoteNetwork, startRemoteNetwork } from './two-namespaces.js';

const AWAY_AND_BACK =
  'certsweep: the network is away: waiting until it is back\ncertsweep: the network is back: going on\n';

/** So slow that the cable can be pulled in the middle. */
const PACE = ['--rate', '500'];

describeUnless(findRemoteObstacle(), 'a network that goes away', () => {
  let folder: TemporaryFolder;
  let remote: RemoteNetwork;
  let args: string[];
  let undisturbed: InventoryFacts;

  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    remote = await startRemoteNetwork();
    const anchors = folder.file('corp.pem');
    writeFileSync(anchors, remote.anchorPem);
    args = ['scan', ...scanArgs({ ...remote, anchors }, 'part'), ...PACE];
    const db = folder.file('undisturbed.db');
    const { code, stderr } = await runProgram([...args, '--db', db], { before: remote.before });
    expect([code, stderr]).toEqual([0, '']);
    undisturbed = await readFacts(db, remote.now);
    expect([...undisturbed.values()].filter((facts) => facts.includes('"outcome":"tls"'))).not.toEqual([]);
  });

  afterAll(async () => {
    await remote.close();
    await folder.remove();
  });

  it.each([0, 2])(
    'holds the scan until it is back, and nobody is called unreachable (%i workers)',
    async (workers) => {
      const db = folder.file(`${workers}.db`);
      const running = startProgram([...args, '--workers', String(workers), '--ndjson', '--db', db], {
        before: remote.before,
      });
      expect(await running.until(({ lines }) => lines >= 400)).toBe(true);
      remote.pull();
      const isTold = await running.until(({ stderr }) => stderr !== '');
      remote.plug();
      expect(isTold).toBe(true);
      const { code, stderr } = await running.ended;
      expect(stderr).toBe(AWAY_AND_BACK);
      expect(code).toBe(0);
      expect(countInventory(db)).toEqual(wholeInventory(remote.partSize));
      expect(compareFacts(await readFacts(db, remote.now), undisturbed)).toEqual([]);
    },
  );
});
