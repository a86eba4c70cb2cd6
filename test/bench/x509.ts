// Prints what reading and judging certificates costs on one core, beside other readers. Run: npx tsx test/bench/x509.ts

import { X509Certificate } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as pkijs from 'pkijs';
import { applyChecks } from '../../src/grade/apply-checks.js';
import type { ChainFacts } from '../../src/grade/chain-facts.js';
import { createJudge } from '../../src/grade/judge.js';
import { createKeyTester } from '../../src/grade/key-tester.js';
import { findLinkedCertificates } from '../../src/grade/linked-certificates.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { KeyTest } from '../../src/x509/keys/key-test.js';
import { readRsaNumbers } from '../../src/x509/keys/rsa-numbers.js';
import * as tests from '../../src/x509/keys/tests/index.js';
import type { ParsedCertificate } from '../../src/x509/parsed-certificate.js';
import { findPath, type PathOptions } from '../../src/x509/path.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makeChain } from '../fixtures/corpus/make-setup.js';
import { makeLeaf, NOW, observe } from '../grade/judge-setup.js';

/** Some seconds each, in rounds of which the median counts: the machine may be busy elsewhere. */
const ROUNDS = 15;
const PER_ROUND = 2_000;
/** Chains whose signatures nobody has verified before. */
const NEW_CHAINS = 600;

const OFFICIAL = { key: 'rsa-2048', signatureHash: 'sha256' } as const;
const { leaf, intermediate, root } = await makeChain({
  root: { ...OFFICIAL, subject: 'CN=Example Root G2, O=Example Trust Services, C=US' },
  intermediate: { ...OFFICIAL, subject: 'CN=Example Issuing CA G2, O=Example Trust Services, C=US' },
  leaf: {
    ...OFFICIAL,
    subject: 'CN=www.shop.example, O=Shop, L=Berlin, ST=Berlin, C=DE',
    dnsNames: ['www.shop.example', 'shop.example', 'api.shop.example', 'm.shop.example'],
    policies: ['2.23.140.1.2.2'],
    ocspUrl: 'http://ocsp.trust.example',
    aiaIssuers: 'http://crt.trust.example/g2.crt',
    crlUrl: 'http://crl.trust.example/g2.crl',
  },
});
const trustStores = [makeTrustStore('mozilla', [root.der])];
const now = Date.parse(NOW);
const presented = [leaf, intermediate].map(({ der }) => parseCertificate(der));
const [parsedLeaf = parseCertificate(leaf.der)] = presented;
const search = findPath({ leaf: parsedLeaf, presented, trustStores, now });
const testKnownKey = createKeyTester([]);
const facts: ChainFacts = {
  leaf: parsedLeaf,
  presented,
  unreadable: [],
  search,
  linked: findLinkedCertificates(presented, search.certificates),
  isPublic: true,
  trustStoreNames: ['mozilla'],
  testKey: testKnownKey,
  revocations: new Map(),
  name: 'www.shop.example',
  policy: DEFAULT_POLICY,
  now,
};

console.log(
  `a certificate of ${leaf.der.length} bytes with an RSA key of 2048 bits; medians of ${ROUNDS} rounds\n`,
);
const parsing = measure('parseCertificate', () => parseCertificate(leaf.der));
const known = measure('parseCertificate and all findings, key seen before', () => judgeAnew(testKnownKey));
// The keys of CAs have been seen: those of a few hundred sign all that a scan meets.
const isLeaf = ({ facts }: ParsedCertificate) => facts.spkiSha256 === parsedLeaf.facts.spkiSha256;
const anew = measure('parseCertificate and all findings, key never seen', () => {
  const testNewKey = createKeyTester([]);
  judgeAnew((certificate) => (isLeaf(certificate) ? testNewKey : testKnownKey)(certificate));
});
for (const [name, test] of Object.entries<KeyTest>(tests)) {
  const { publicKey } = parsedLeaf;
  const key = { publicKey, rsa: readRsaNumbers(publicKey), lists: [] };
  measure(`  of this, the test ${name}`, () => test.run(key));
}
measure('node:crypto X509Certificate, nothing read', () => new X509Certificate(leaf.der));
const native = measure('node:crypto X509Certificate, the same fields read', () => readWithNode(leaf.der));
const scripted = measure('pkijs, Certificate.fromBER', () => pkijs.Certificate.fromBER(leaf.der));

const judge = createJudge({ policy: DEFAULT_POLICY, trustStores, now: new Date(NOW) });
// As they come off a socket: in a buffer of their own.
const observations = Array.from({ length: PER_ROUND }, () =>
  observe(
    [leaf, intermediate].map(({ der }) => ({ der: Uint8Array.from(der) })),
    'www.shop.example',
  ),
);
measure('judging an endpoint whose chain was seen before', (at) =>
  judge(observations[at % PER_ROUND] ?? observe([leaf])),
);

// This first, so that what comes next is compiled.
measure('findPath, chain of three, signatures known', () =>
  findPath({ leaf: parsedLeaf, presented, trustStores, now }),
);
const newPath = measureOnce('findPath, chain of three, all keys and signatures new', await makeNewPaths());
measureOnce('findPath, chain of three, the leaf new', await makePathsOfOneCa());

console.log(`
${(native / parsing).toFixed(1)} times as fast as X509Certificate with the same fields read (meant: 2)
${(scripted / parsing).toFixed(1)} times as fast as pkijs (meant: 10)
${known.toFixed(3)} ms for a certificate and all its findings, ${anew.toFixed(3)} ms with a new RSA key (meant: 0.08)
${newPath.toFixed(3)} ms for a path of three with new keys and signatures (meant: 0.3)`);

function judgeAnew(testKey: ChainFacts['testKey']): void {
  const own = parseCertificate(leaf.der);
  const certificates = [own, ...search.certificates.slice(1)];
  applyChecks({
    ...facts,
    leaf: own,
    presented: [own, ...presented.slice(1)],
    search: { ...search, certificates },
    testKey,
  });
}

/** What a record of a certificate is made of. */
function readWithNode(der: Uint8Array): unknown {
  const certificate = new X509Certificate(der);
  const { publicKey } = certificate;
  return [
    certificate.fingerprint256,
    certificate.subject,
    certificate.issuer,
    certificate.subjectAltName,
    certificate.serialNumber,
    certificate.validFrom,
    certificate.validTo,
    certificate.keyUsage,
    certificate.infoAccess,
    certificate.ca,
    publicKey.asymmetricKeyType,
    publicKey.asymmetricKeyDetails,
    publicKey.export({ type: 'spki', format: 'der' }),
  ];
}

/** Chains of three with keys of their own, so that no verdict on a signature is known. */
async function makeNewPaths() {
  const chains = await Promise.all(Array.from({ length: NEW_CHAINS }, () => makeChain()));
  return chains.map((chain) => {
    const [own, above] = [chain.leaf, chain.intermediate].map(({ der }) => parseCertificate(der));
    if (own === undefined || above === undefined)
      throw new Error('a chain has two certificates below its root');
    const trusted = [makeTrustStore('corp', [chain.root.der])];
    return { leaf: own, presented: [own, above], trustStores: trusted, now };
  });
}

/** Chains of leaves below one CA: as a scan mostly meets them. */
async function makePathsOfOneCa() {
  const chain = await makeChain();
  const store = [makeTrustStore('corp', [chain.root.der])];
  const above = parseCertificate(chain.intermediate.der);
  const leaves = await Promise.all(
    Array.from({ length: NEW_CHAINS }, () => makeLeaf({ issuer: chain.intermediate })),
  );
  return leaves.map(({ der }) => {
    const own = parseCertificate(der);
    return { leaf: own, presented: [own, above], trustStores: store, now };
  });
}

/** Prints the CPU of one search, each made once; the first third only warms up. */
function measureOnce(what: string, paths: readonly PathOptions[]): number {
  const warmUp = Math.floor(paths.length / 3);
  for (const path of paths.slice(0, warmUp)) findPath(path);
  // What making the chains left behind is not the search's to tidy up.
  collectGarbage();
  const before = process.cpuUsage();
  for (const path of paths.slice(warmUp)) findPath(path);
  return print(what, millisecondsOf(process.cpuUsage(before)) / (paths.length - warmUp));
}

/** Prints the CPU of one call; `run` gets the number of the call. */
function measure(what: string, run: (at: number) => unknown): number {
  for (let at = 0; at < PER_ROUND; at++) run(at);
  const spent: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let at = 0; at < PER_ROUND; at++) run(at);
    spent.push(millisecondsOf(process.cpuUsage(before)) / PER_ROUND);
  }
  return print(what, spent.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function millisecondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function print(what: string, milliseconds: number): number {
  console.log(`${what.padEnd(56)} ${milliseconds.toFixed(4)} ms`);
  return milliseconds;
}
