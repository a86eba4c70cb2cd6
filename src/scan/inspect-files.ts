import { joinFindings } from '../grade/apply-checks.js';
import { prepareApplyWaivers } from '../grade/apply-waivers.js';
import { invalidRequestSignature, keyMismatch } from '../grade/file-rules/index.js';
import { applyFindingRule } from '../grade/finding-rule.js';
import { createJudge, type JudgeContext } from '../grade/judge.js';
import { judgeKey } from '../grade/judge-key.js';
import { createKeyTester } from '../grade/key-tester.js';
import type { Finding } from '../model/finding.js';
import { fingerprint } from '../x509/fingerprint.js';
import { makeChainEndpoint, makeChainObservation, toChainContext } from './chain-observation.js';
import { checkChain } from './check-chain.js';
import { describeObject } from './describe-object.js';
import type { InspectedChain, Inspection } from './inspection.js';
import { type FileToPair, findKeyPairs } from './key-pairs.js';
import { type HeldCertificate, listChains } from './list-chains.js';
import type { OpenedObject } from './opened-file.js';

/** What files are judged by. */
export interface FileContext extends JudgeContext {
  /** The server whose chain file each is; absent: names are not judged. */
  readonly host?: string;
}

/** Server certificates of one file that are judged each with its own path: more make a bundle, which has other readers. */
const MAX_CHAINS = 100;

/** What is wrong with the making-up of a chain file, not with the certificate that it is for. */
const CHAIN_FILE_FINDINGS = [
  'duplicate-chain-certificate',
  'extra-chain-certificate',
  'root-in-chain',
  'unordered-chain',
] as const;

/** Judges files together, as a private key may lie in one and its certificate in another; one inspection for each. */
export function inspectFiles(files: readonly FileToPair[], context: FileContext): readonly Inspection[] {
  const { host, policy } = context;
  const judgeChainFile = makeInspector(context, host);
  const judgeCertificate = makeInspector(withoutChainFile(context), undefined);
  const judgeContainer = makeInspector(withoutChainFile(context), host);
  const testKey = createKeyTester(context.weakKeys ?? []);
  const pairs = findKeyPairs(files);
  const applyWaivers = prepareApplyWaivers(policy.waivers, context.now.getTime());
  const endpoint = makeChainEndpoint(host);

  return files.map(({ file, name }) => {
    const chains = listChains(file);
    // PKCS#7 and PKCS#12 hold certificates in no order: whoever takes them out makes the chain.
    const judgeFirst = file.format === 'PEM' ? judgeChainFile : judgeContainer;
    const judged = chains
      .slice(0, MAX_CHAINS)
      .map((chain, index) => (index === 0 ? judgeFirst : judgeCertificate)(chain));
    const ofObjects = file.objects.map((object) => applyWaivers(judgeObject(object, name), endpoint, []));
    return {
      file: name,
      format: file.format,
      objects: file.objects.map((object) => describeObject(object, pairs)),
      chains: judged,
      omittedChains: Math.max(0, chains.length - MAX_CHAINS),
      findings: withoutRepeats(joinFindings(...judged.map(({ findings }) => findings), ...ofObjects)),
    };
  });

  function judgeObject(object: OpenedObject, file: string): readonly Finding[] {
    if (object.kind === 'request') {
      const { fingerprintSha256: subject, publicKey, selfSignature, subjectText } = object.csr;
      const owner = subjectText === '' ? `the request at place ${object.place}` : subjectText;
      const ofKey = judgeKey({ publicKey, owner, subject }, policy, testKey);
      if (selfSignature !== false) return ofKey;
      const message = 'the signature of the request does not verify with its own key';
      return joinFindings(ofKey, applyFindingRule(invalidRequestSignature, policy, subject, message));
    }
    if (object.kind !== 'private-key' || object.publicKey === null) return [];
    const { place, publicKey } = object;
    const subject = fingerprint(publicKey.der);
    const mismatch = pairs.findMismatch(publicKey, place, file);
    // The certificate that a key belongs to tells of its weakness already.
    const isPaired = pairs.findMatches(publicKey).length > 0;
    const owner = `the private key at place ${place}`;
    const ofKey = isPaired ? [] : judgeKey({ publicKey, owner, subject }, policy, testKey);
    if (mismatch === null) return ofKey;
    return joinFindings(ofKey, applyFindingRule(keyMismatch, policy, subject, mismatch));
  }
}

function makeInspector(
  context: FileContext,
  host: string | undefined,
): (certificates: readonly HeldCertificate[]) => InspectedChain {
  const ofChains = toChainContext(context, host);
  const judge = createJudge(ofChains);
  return (certificates) => {
    const ders = certificates.map(({ der }) => der);
    const { findings, grade, path, presented, status } = judge(makeChainObservation(ders, context.now, host));
    const chain = checkChain(ders, makeChainEndpoint(host), ofChains);
    const [certificate] = presented;
    if (!certificate || !chain) throw new Error('a certificate that was read before cannot be judged');
    return { certificate, path, findings, status, grade, chain };
  };
}

function withoutChainFile(context: FileContext): FileContext {
  const off = Object.fromEntries(CHAIN_FILE_FINDINGS.map((id) => [id, 'off'] as const));
  return { ...context, policy: { ...context.policy, findings: { ...context.policy.findings, ...off } } };
}

/** Chains of one file share intermediates, and what is wrong with those. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const known = new Set<string>();
  return findings.filter(({ id, message, subject }) => {
    const key = `${id} ${subject} ${message}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
