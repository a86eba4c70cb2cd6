// Prints what judging costs on one core. Run: npx tsx test/bench/judge.ts

import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { Observation } from '../../src/model/observation.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makeLeaf, makePki, NOW, observe } from '../grade/judge-setup.js';

const { root, intermediate, leaf } = await makePki({ intermediate: { key: 'rsa-2048' } });
const leaves = await Promise.all(Array.from({ length: 2_000 }, () => makeLeaf({ issuer: intermediate })));
const context = {
  policy: DEFAULT_POLICY,
  trustStores: [makeTrustStore('corp', [root.der])],
  now: new Date(NOW),
};
// As they come off a socket: each in a buffer of its own.
const copies = Array.from({ length: 2_000 }, () =>
  [leaf, intermediate].map(({ der }) => ({ der: Uint8Array.from(der) })),
);

const seen = createJudge(context);
measure(seen, 'a chain seen before, no name', () => copies.map((chain) => observe(chain)));
measure(seen, 'a chain seen before, a new name each', (round) =>
  copies.map((chain, i) => observe(chain, `h${i}.r${round}.example`)),
);
measure(null, 'a new leaf each, trusted path', () => leaves.map((each) => observe([each, intermediate])));

/** Judges each round's observations, with a judge that remembers or with a new one a round; the first two only warm up. */
function measure(
  judge: ReturnType<typeof createJudge> | null,
  what: string,
  observe: (round: number) => readonly Observation[],
): void {
  let spent = 0;
  let judged = 0;
  for (let round = 0; round < 6; round++) {
    const observations = observe(round);
    const judgeRound = judge ?? createJudge(context);
    const begun = process.cpuUsage();
    for (const observation of observations) judgeRound(observation);
    const { user, system } = process.cpuUsage(begun);
    if (round < 2) continue;
    spent += user + system;
    judged += observations.length;
  }
  console.log(`${what}: ${(spent / judged).toFixed(1)} us each`);
}
