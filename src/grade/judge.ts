import { type Finding, isAtLeast, listOpenFindings } from '../model/finding.js';
import type { Judgement, Status } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { Path } from '../model/path.js';
import type { RevocationReport, Revocations } from '../model/revocation.js';
import type { KeyList } from '../x509/keys/key-list.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { findPath, type KnownCertificates, type PathOptions, type PathSearch } from '../x509/path.js';
import type { TrustStore } from '../x509/trust-store.js';
import { applyChecks, applyEndpointChecks, joinFindings } from './apply-checks.js';
import { prepareApplyWaivers } from './apply-waivers.js';
import { createCertificateReader } from './certificate-reader.js';
import type { ChainFacts, UnreadableCertificate } from './chain-facts.js';
import {
  type ConfigurationGrade,
  gradeCertificate,
  gradeConfiguration,
  joinGrades,
  overallLetter,
  UNKNOWN_CONFIGURATION,
} from './grades.js';
import { createKeyTester } from './key-tester.js';
import { findKnownName } from './known-name.js';
import { findLinkedCertificates } from './linked-certificates.js';
import { createMemo } from './memo.js';
import type { Policy } from './policy.js';
import { formatStaple, joinStaple, readStaple } from './staple.js';

/** What observations are judged by. */
export interface JudgeContext {
  readonly policy: Policy;
  readonly trustStores: readonly TrustStore[];
  /** The moment to judge for. */
  readonly now: Date;
  /** Certificates known from elsewhere, as they stand when a chain is first judged. */
  readonly intermediates?: KnownCertificates;
  /** Says why an anchor is not to be trusted for a leaf; null: it is. */
  readonly distrust?: NonNullable<PathOptions['distrust']>;
  /** Lists of weak RSA keys besides those that are built in. */
  readonly weakKeys?: readonly KeyList[];
}

/** Some ten thousand ordinary chains; large scans meet the same ones over and over. */
const CHAINS_CAPACITY_BYTES = 64 * 1024 * 1024;
/** A verdict is a few findings of text; chains judged for many names have many. */
const VERDICTS_CAPACITY_BYTES = 32 * 1024 * 1024;
/** What a remembered chain or verdict costs beside what grows with it. */
const OVERHEAD_BYTES = 2048;

/** Judges observations. */
export interface Judge {
  /** `revocations` is what CAs say of the certificates of the path; a stapled response is heard in any case. */
  (observation: Observation, revocations?: Revocations): Judgement;
  /** The path that the judgement of an observation rests on; null: there is no certificate that can be read. */
  searchPath(observation: Observation): PathSearch | null;
}

/** What was learned of a chain besides its certificates. */
interface Evidence {
  readonly ocspResponse: Uint8Array | null;
  /** When it was stapled. */
  readonly time: number;
  readonly revocations: Revocations;
}

/** A presented chain, read and analysed: all that does not depend on the name asked for, or on what was asked of CAs. */
type Chain = Omit<ChainFacts, 'name' | 'revocations'>;

/** A presented chain, read. */
interface PresentedChain {
  readonly presentedDer: readonly Uint8Array[];
  /** Null: there is none that can be read. */
  readonly leaf: ParsedCertificate | null;
  readonly presented: readonly ParsedCertificate[];
  readonly unreadable: readonly UnreadableCertificate[];
  /** The same for chains of the same certificates. */
  readonly chainKey: string;
  /** Why the leaf cannot be read; null: it can, or nothing was sent. */
  readonly reason: string | null;
}

const NO_REVOCATIONS: Revocations = new Map();

/**
 * Makes a judge: a function from observation to judgement that depends on nothing but its context. It remembers
 * certificates, chains and verdicts within bounds, as a network shows the same ones thousands of times.
 */
export function createJudge(context: JudgeContext): Judge {
  const read = createCertificateReader();
  const testKey = createKeyTester(context.weakKeys ?? []);
  const chains = createMemo<Chain>(CHAINS_CAPACITY_BYTES);
  const verdicts = createMemo<Judgement>(VERDICTS_CAPACITY_BYTES);
  const { policy } = context;
  const now = context.now.getTime();
  const trustStoreNames = context.trustStores.map(({ name }) => name);
  const applyWaivers = prepareApplyWaivers(policy.waivers, now);

  const judge = (observation: Observation, revocations = NO_REVOCATIONS): Judgement => {
    const { endpoint, outcome, failure, handshake, otherChains = [], posture = null } = observation;
    const name = findKnownName(endpoint, policy.demandAddressNames);
    const time = Date.parse(observation.observedAt);
    const evidence = { ocspResponse: handshake?.ocspResponse ?? null, time, revocations };
    const { judgement, leaf } = judgePresented(handshake?.presentedChain ?? [], name, evidence);
    const { protocol } = endpoint;
    const facts = { protocol, outcome, failure, handshake, posture, leaf, policy };
    const others = otherChains.map((chain) => judgePresented(chain, name).judgement);
    const joined = join(judgement, others, applyEndpointChecks(facts), gradeConfiguration(facts));
    const certificates = [...joined.presented, ...(joined.others ?? [])];
    const waived = waive(joined, applyWaivers(joined.findings, endpoint, certificates));
    const report = reportRevocations(revocations, joined.stapledOcsp !== undefined);
    return report ? { ...waived, revocations: report } : waived;
  };
  const searchPath = ({ handshake }: Observation): PathSearch | null => {
    const chain = readPresented(handshake?.presentedChain ?? []);
    return chain.leaf && findChain(chain, chain.leaf).search;
  };
  return Object.assign(judge, { searchPath });

  /** Judges one chain, as it was sent, for one name. */
  function judgePresented(
    presentedDer: readonly Uint8Array[],
    name: string | null,
    evidence?: Evidence,
  ): { readonly judgement: Judgement; readonly leaf: ParsedCertificate | null } {
    const chain = readPresented(presentedDer);
    const { leaf, chainKey } = chain;
    if (leaf === null) return { judgement: withoutCertificate(chain.reason), leaf };

    const staple =
      evidence && evidence.ocspResponse !== null
        ? readStaple(evidence.ocspResponse, findChain(chain, leaf).search, evidence.time)
        : null;
    const asked = evidence?.revocations ?? NO_REVOCATIONS;
    const revocations = staple ? joinStaple(asked, staple, leaf.facts.fingerprintSha256) : asked;
    const stapled = staple && { stapledOcsp: formatStaple(staple) };
    // What is good changes no verdict; what is not is seldom, and may be told of one endpoint alone.
    if ([...revocations.values()].some(({ status }) => status !== 'good')) {
      return {
        judgement: { ...judgeChain({ ...findChain(chain, leaf), name, revocations }), ...stapled },
        leaf,
      };
    }

    const verdictKey = name === null ? chainKey : `${name}${chainKey}`;
    let judgement = verdicts.get(verdictKey);
    if (judgement === undefined) {
      judgement = judgeChain({ ...findChain(chain, leaf), name, revocations: NO_REVOCATIONS });
      const weight = OVERHEAD_BYTES + verdictKey.length + 1024 * judgement.findings.length;
      verdicts.set(verdictKey, judgement, weight);
    }
    return { judgement: stapled ? { ...judgement, ...stapled } : judgement, leaf };
  }

  function readPresented(presentedDer: readonly Uint8Array[]): PresentedChain {
    const presented: ParsedCertificate[] = [];
    const unreadable: UnreadableCertificate[] = [];
    let chainKey = '';
    for (const [index, der] of presentedDer.entries()) {
      const result = read(der);
      if (result.certificate === null) {
        const { fingerprintSha256, reason } = result;
        if (index === 0) {
          const why = `the server's certificate cannot be read: ${reason}`;
          return { presentedDer, leaf: null, presented, unreadable, chainKey, reason: why };
        }
        unreadable.push({ place: index + 1, fingerprintSha256, reason });
        chainKey += ` ${fingerprintSha256}`;
      } else {
        presented.push(result.certificate);
        chainKey += ` ${result.certificate.facts.fingerprintSha256}`;
      }
    }
    return { presentedDer, leaf: presented[0] ?? null, presented, unreadable, chainKey, reason: null };
  }

  function findChain(
    { presentedDer, presented, unreadable, chainKey }: PresentedChain,
    leaf: ParsedCertificate,
  ): Chain {
    let chain = chains.get(chainKey);
    if (chain === undefined) {
      chain = analyse(leaf, presented, unreadable);
      chains.set(chainKey, chain, OVERHEAD_BYTES + weigh(presentedDer));
    }
    return chain;
  }

  function analyse(
    leaf: ParsedCertificate,
    presented: readonly ParsedCertificate[],
    unreadable: readonly UnreadableCertificate[],
  ): Chain {
    const { trustStores, intermediates, distrust } = context;
    const search = findPath({
      leaf,
      presented,
      trustStores,
      now,
      ...(intermediates && { intermediates }),
      ...(distrust && { distrust }),
    });
    const { path, certificates } = search;
    const known = search.missingIssuer?.known ?? null;
    return {
      leaf,
      presented,
      unreadable,
      search,
      // What stands above a certificate that is missing is needed once that is sent.
      linked: findLinkedCertificates(presented, known ? [...certificates, known] : certificates),
      isPublic:
        path.status === 'trusted' &&
        path.trustStores.some((store) => policy.publicTrustStores.includes(store)),
      trustStoreNames,
      testKey,
      policy,
      now,
    };
  }
}

function judgeChain(facts: ChainFacts): Judgement {
  const findings = applyChecks(facts);
  const grades = joinGrades([gradeCertificate(facts)], UNKNOWN_CONFIGURATION);
  return {
    presented: facts.presented.map((certificate) => certificate.facts),
    path: facts.search.path,
    findings,
    status: findStatus(facts, findings),
    grade: overallLetter(grades),
    grades,
  };
}

/** Adds to what is wrong with a chain what is wrong with the server's other chains and with the endpoint. */
function join(
  judgement: Judgement,
  others: readonly Judgement[],
  ofEndpoint: readonly Finding[],
  configuration: ConfigurationGrade,
): Judgement {
  if (others.length === 0 && ofEndpoint.length === 0 && configuration === UNKNOWN_CONFIGURATION)
    return judgement;
  const known = new Set(judgement.findings.map(({ id, subject }) => `${id} ${subject}`));
  const ofOthers = others
    .flatMap(({ findings }) => findings)
    .filter(({ id, subject }) => {
      // Chains of one server often share their intermediates, and what is wrong with those.
      const isNew = !known.has(`${id} ${subject}`);
      known.add(`${id} ${subject}`);
      return isNew;
    });
  const findings = joinFindings(judgement.findings, ofOthers, ofEndpoint);
  const chains = [judgement, ...others].flatMap(({ grades }) =>
    grades?.certificate ? [{ letter: grades.certificate, reasons: grades.reasons }] : [],
  );
  const grades = joinGrades(chains, configuration);
  return {
    ...judgement,
    findings,
    status: judgement.status === 'Good' ? warnOf(findings) : judgement.status,
    grade: overallLetter(grades),
    grades,
    ...(others.length > 0 && { others: others.flatMap(({ presented }) => presented) }),
  };
}

/** What is good matters only beside a stapled response, which may not count. Null: nothing matters. */
function reportRevocations(revocations: Revocations, isStapled: boolean): RevocationReport | null {
  const heard = [...revocations].filter(([, { status }]) => isStapled || status !== 'good');
  if (heard.length === 0) return null;
  return Object.fromEntries(heard.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lets waived findings count for nothing. That a certificate has expired or was revoked stays a fact. */
function waive(judgement: Judgement, findings: readonly Finding[]): Judgement {
  if (findings === judgement.findings) return judgement;
  const status = judgement.status === 'Warning' ? warnOf(findings) : judgement.status;
  return { ...judgement, findings, status };
}

function findStatus({ leaf, now }: ChainFacts, findings: readonly Finding[]): Status {
  if (leaf.notAfter !== null && leaf.notAfter < now) return 'Expired';
  if (findings.some(({ id }) => id === 'revoked')) return 'Revoked';
  return warnOf(findings);
}

function warnOf(findings: readonly Finding[]): Status {
  const isWarned = listOpenFindings(findings).some(({ severity }) => isAtLeast(severity, 'medium'));
  return isWarned ? 'Warning' : 'Good';
}

function withoutCertificate(reason: string | null): Judgement {
  const path: Path = { status: 'none', trustStores: [], certificates: [], reason };
  return { presented: [], path, findings: [], status: 'No certificate', grade: null, grades: null };
}

/** A chain keeps its certificates alive, parsed, which costs a few times their bytes. */
function weigh(ders: readonly Uint8Array[]): number {
  return ders.reduce((sum, der) => sum + OVERHEAD_BYTES + 4 * der.length, 0);
}
