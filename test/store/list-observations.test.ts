import { expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.js';
import { openInventory } from '../../src/store/inventory.js';
import { makePosture } from '../fixtures/make-posture.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const CHAINS = [['leaf', 'intermediate'], ['other', 'intermediate'], ['third']] as const;

const tls = makeTls(makeEndpoint({ port: 1 })).observation;
const refused = makeRefused(makeEndpoint({ port: 2 })).observation;

/** A server with three chains, of which the first came with the handshake. */
const THREE_CHAINS: Observation = {
  ...makeTls(makeEndpoint({ port: 3 })).observation,
  posture: makePosture({
    certificates: CHAINS.toReversed().map((chain) => ({
      authentication: null,
      chain: chain.map((name) => fingerprint(makeDer(name))),
    })),
  }),
  otherChains: [CHAINS[2].map(makeDer), CHAINS[1].map(makeDer)],
};

it.each<[string, Observation]>([
  ['a handshake', tls],
  ['a stapled response', makeTls(makeEndpoint(), ['leaf'], { ocsp: Buffer.from('ocsp') }).observation],
  ['a handshake without a certificate', makeTls(makeEndpoint(), []).observation],
  [
    'a handshake of which little was learned',
    {
      ...tls,
      handshake: { ...makeHandshake(), cipherSuite: null, group: null, compression: null },
    },
  ],
  ['a refusal', refused],
  [
    'a failure after the certificate',
    { ...tls, outcome: 'reset', failure: { stage: 'handshake', code: 'ECONNRESET', detail: '' } },
  ],
  ['a name that did not resolve', makeRefused(makeEndpoint({ address: null })).observation],
  ['what was said in plain text', { ...refused, greeting: '220 mail', plaintextAfterGoAhead: '250 more' }],
  [
    'a protocol other than planned',
    { ...tls, endpoint: makeEndpoint({ protocol: 'smtp' }), plannedProtocol: 'tls' },
  ],
  ['a posture', { ...tls, posture: makePosture() }],
  ['a posture and all chains, in the order met', THREE_CHAINS],
])('gives back %s as it was observed', async (_, observation) => {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const { judgement } = makeTls();
  await inventory.saveBatch([
    { observation, judgement },
    { observation: { ...refused, run: RUNS[1] }, judgement },
  ]);
  const read: Observation[] = [];
  for await (const each of inventory.observations(RUNS[0])) read.push(each);
  expect(read.map(toPlain)).toEqual([toPlain(observation)]);
  await inventory.close();
});

function makeHandshake(): NonNullable<Observation['handshake']> {
  if (tls.handshake === null) throw new Error('the sample has no handshake');
  return tls.handshake;
}

/** With bytes as hex: of which class of arrays they are does not matter. */
function toPlain(observation: Observation): unknown {
  return JSON.parse(
    JSON.stringify(observation, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ),
  );
}
