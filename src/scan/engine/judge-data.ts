import { createJudge, type Judge, type JudgeContext } from '../../grade/judge.js';
import type { Policy } from '../../grade/policy.js';
import type { Observation } from '../../model/observation.js';
import type { Revocations } from '../../model/revocation.js';
import { makeDistrust } from '../../x509/distrust.js';
import { makeWordKeyList } from '../../x509/keys/word-key-list.js';
import { makeTrustStore } from '../../x509/trust-store.js';
import { makeIssuerIndex } from '../issuer-index.js';

/** What is judged by, as plain data that a worker can be sent. */
export interface JudgeData {
  readonly policy: Policy;
  readonly trustStores: readonly { readonly name: string; readonly anchors: readonly Uint8Array[] }[];
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /** Whether CAs are distrusted by name and date. */
  readonly heedsDistrust: boolean;
  /** Certificates of CAs known from elsewhere, in DER. */
  readonly issuers: readonly Uint8Array[];
  readonly weakKeys: readonly { readonly name: string; readonly words: BigUint64Array }[];
}

/** Makes plain data of what is judged by; `issuers` are certificates, in DER, that the inventory knows. */
export function toJudgeData(context: JudgeContext, issuers: Iterable<Uint8Array>): JudgeData {
  const { distrust, now, policy, trustStores, weakKeys = [] } = context;
  return {
    policy,
    trustStores: trustStores.map(({ anchors, name }) => ({ name, anchors: anchors.map(({ der }) => der) })),
    now: now.getTime(),
    heedsDistrust: distrust !== undefined,
    issuers: [...issuers],
    weakKeys: weakKeys.map(({ name, words }) => {
      if (words === undefined)
        throw new TypeError(`the list of weak keys ${name} cannot be sent to a worker`);
      return { name, words };
    }),
  };
}

/**
 * Makes a judge of such data, which judges as one of the context would. It reads the certificates of CAs when it meets the
 * first chain: most of a network is silent, and a thread that meets none is spared some seven megabytes.
 */
export function makeJudgeOf(data: JudgeData): Judge {
  const judgeWithout = createJudge({ policy: data.policy, trustStores: [], now: new Date(data.now) });
  let complete: Judge | undefined;
  const judgeFor = ({ handshake, otherChains = [] }: Observation): Judge => {
    if (handshake === null && otherChains.length === 0) return judgeWithout;
    complete ??= makeCompleteJudge(data);
    return complete;
  };
  const judge = (observation: Observation, revocations?: Revocations) =>
    judgeFor(observation)(observation, revocations);
  return Object.assign(judge, {
    searchPath: (observation: Observation) => judgeFor(observation).searchPath(observation),
  });
}

function makeCompleteJudge(data: JudgeData): Judge {
  const index = makeIssuerIndex();
  for (const der of data.issuers) index.add(der, { kind: 'inventory' });
  return createJudge({
    policy: data.policy,
    trustStores: data.trustStores.map(({ anchors, name }) => makeTrustStore(name, anchors)),
    now: new Date(data.now),
    ...(data.heedsDistrust && { distrust: makeDistrust(data.now) }),
    intermediates: index,
    weakKeys: data.weakKeys.map(({ name, words }) => makeWordKeyList(words, name)),
  });
}
