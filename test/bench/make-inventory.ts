// Makes an inventory of a large network as scans would have left it: most endpoints speak TLS, some share certificates,
// a few are renewed between runs, refuse or fall silent. The same options give the same inventory.
// Run: npx tsx test/bench/make-inventory.ts <file> [endpoints] [certificates] [runs] [seed]

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Certificate } from '../../src/model/certificate.js';
import type { Finding } from '../../src/model/finding.js';
import type { Judgement } from '../../src/model/judgement.js';
import type { Outcome } from '../../src/model/outcome.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { NO_CERTIFICATE } from '../store/sample-observation.js';

/** How large an inventory to make. */
export interface InventorySize {
  readonly endpoints: number;
  /** Distinct leaves in the first run. */
  readonly certificates: number;
  readonly runs: number;
  readonly seed: number;
  /** Share of certificates that are renewed between two runs; default: one in a hundred. */
  readonly renewed?: number;
  /** The first endpoint; default: 0. Two inventories of one seed share what both have. */
  readonly first?: number;
  /** Sets its runs apart from those of others, 0 to 65,535; default: 32,768. */
  readonly site?: number;
}

const BATCH = 1000;
const DAY_MS = 86_400_000;
const FIRST_RUN = Date.parse('2026-06-01T00:00:00.000Z');
const DER_BYTES = 1100;
const ISSUERS = [
  ['DigiCert Global G2 TLS RSA SHA256 2020 CA1', 'DigiCert Inc'],
  ['R11', "Let's Encrypt"],
  ['E6', "Let's Encrypt"],
  ['Sectigo RSA Domain Validation Secure Server CA', 'Sectigo Limited'],
  ['GlobalSign RSA OV SSL CA 2018', 'GlobalSign nv-sa'],
  ['Corp Issuing CA 1', 'Corp'],
  ['Corp Issuing CA 2', 'Corp'],
  ['Rare Appliance CA', 'Appliances'],
] as const;

/** What certificates may be wrong with, and every how many of them are. */
const FAULTS: readonly (readonly [name: string, severity: Finding['severity'], every: number])[] = [
  ['expiring', 'medium', 11],
  ['expired', 'high', 17],
  ['weak-rsa-key', 'high', 50],
  ['sha1-signature', 'high', 400],
  ['wildcard-certificate', 'info', 5],
  ['self-signed', 'medium', 23],
];

/** Makes it, and tells after each run how many bytes the file has and how many endpoints spoke TLS. */
export async function makeInventory(
  file: string,
  size: InventorySize,
  afterRun?: (run: number, bytes: number, tls: number) => void,
): Promise<void> {
  for (let run = 0; run < size.runs; run += 1) {
    const inventory = openInventory(file, { create: true });
    const tls = await saveRun(inventory, size, run);
    await inventory.close();
    afterRun?.(run, statSync(file).size, tls);
  }
}

async function saveRun(inventory: Inventory, size: InventorySize, nth: number): Promise<number> {
  const startedAt = FIRST_RUN + nth * DAY_MS;
  const site = (size.site ?? 0x8000).toString(16).padStart(4, '0');
  const run = `0193b7c0-0000-7000-${site}-${String(nth + 1).padStart(12, '0')}`;
  const known = { definition: {}, planSize: size.endpoints, counts: {}, endedAt: null };
  await inventory.startRun({
    id: run,
    startedAt: new Date(startedAt).toISOString(),
    state: 'running',
    ...known,
  });
  const order = shuffle(size.endpoints, size.seed + nth);
  let tls = 0;
  for (let i = 0; i < size.endpoints; i += BATCH) {
    const batch = Array.from(order.subarray(i, i + BATCH), (endpoint, j) =>
      observe((size.first ?? 0) + endpoint, run, nth, startedAt + (i + j) * 10, size),
    );
    tls += batch.filter(({ observation }) => observation.handshake !== null).length;
    await inventory.saveBatch(batch);
  }
  const endedAt = new Date(startedAt + size.endpoints * 10).toISOString();
  await inventory.finishRun(run, { endedAt, state: 'completed', counts: { tls } });
  return tls;
}

function observe(
  index: number,
  run: string,
  nth: number,
  at: number,
  size: InventorySize,
): JudgedObservation {
  const address = [10, (index >> 16) & 255, (index >> 8) & 255, index & 255].join('.');
  const endpoint = { host: address, address, port: 443, protocol: 'tls', serverName: null };
  const observation = { run, observedAt: new Date(at).toISOString(), endpoint };
  const outcome = outcomeOf(index, nth, size);
  if (outcome !== 'tls') {
    const failure = { stage: 'connect' as const, code: outcome, detail: outcome };
    return { observation: { ...observation, outcome, failure, handshake: null }, judgement: NO_CERTIFICATE };
  }
  const certificate = hash(index, size.seed, 1) % size.certificates;
  const issuer =
    hash(certificate, size.seed, 2) % 1000 === 0 ? ISSUERS.length - 1 : certificate % (ISSUERS.length - 1);
  const { judgement, leaf } = judge(certificate, generationOf(certificate, nth, size), issuer, size);
  const handshake = {
    version: index % 3 === 0 ? 'TLSv1.2' : 'TLSv1.3',
    cipherSuite: 'TLS_AES_256_GCM_SHA384',
    group: 'x25519',
    compression: 'null',
    presentedChain: [leaf, INTERMEDIATES[issuer] ?? leaf],
    ocspResponse: null,
  };
  return { observation: { ...observation, outcome, failure: null, handshake }, judgement };
}

/** Seven of ten speak TLS; of those, a few in a hundred refuse or fall silent in a later run. */
function outcomeOf(index: number, nth: number, { seed }: InventorySize): Outcome {
  const kind = hash(index, seed, 3) % 100;
  if (kind >= 85) return 'connect-timeout';
  if (kind >= 70) return 'refused';
  const fate = nth === 0 ? 99 : hash(index, seed, 100 + nth) % 100;
  if (fate === 0) return 'connect-timeout';
  return fate === 1 ? 'refused' : 'tls';
}

/** How often a certificate was renewed by then. */
function generationOf(certificate: number, nth: number, { renewed = 0.01, seed }: InventorySize): number {
  let generation = 0;
  for (let run = 1; run <= nth; run += 1)
    if (hash(certificate, seed, 200 + run) % 10_000 < renewed * 10_000) generation += 1;
  return generation;
}

function judge(certificate: number, generation: number, issuer: number, { seed }: InventorySize) {
  const name = `host-${certificate}.${certificate % 7 === 0 ? 'lab' : 'prod'}.corp.example`;
  const leaf = makeDer(`${name} ${generation} ${seed}`);
  const fingerprintSha256 = sha256(leaf);
  const [commonName = '', organization = ''] = ISSUERS[issuer] ?? [];
  const notBefore = FIRST_RUN - (hash(certificate, seed, 4) % 300) * DAY_MS + generation * 30 * DAY_MS;
  const keyBits = certificate % 4 === 0 ? 256 : 2048;
  const facts: Certificate = {
    fingerprintSha256,
    commonName: name,
    subject: `CN=${name},O=Corp,C=DE`,
    issuer: `CN=${commonName},O=${organization},C=US`,
    subjectAltNames: [`DNS:${name}`, `DNS:www.${name}`],
    serialNumber: fingerprintSha256.slice(0, 32),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notBefore + 397 * DAY_MS).toISOString(),
    keyType: keyBits === 256 ? 'EC' : 'RSA',
    keyBits,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    validation: issuer === 3 ? 'DV' : 'OV',
    spkiSha256: sha256(Buffer.from(`key of ${name}`)),
  };
  const findings = FAULTS.filter(([, , every]) => certificate % every === 0).map(
    ([id, severity]): Finding => ({
      id,
      severity,
      subject: fingerprintSha256,
      message: `certificate of ${name} has fault ${id}`,
      advice: `renew the certificate without ${id}, and install it with its chain`,
      citation: 'RFC 5280, section 4.1.2.5',
    }),
  );
  const isGrave = findings.some(({ severity }) => severity === 'high' || severity === 'medium');
  const isExpired = findings.some(({ id }) => id === 'expired');
  const judgement: Judgement = {
    presented: [facts],
    path: {
      status: issuer >= 5 ? 'private' : 'trusted',
      trustStores: issuer >= 5 ? [] : ['mozilla'],
      certificates: [fingerprintSha256, INTERMEDIATE_HASHES[issuer] ?? ''],
      reason: null,
    },
    findings,
    status: isExpired ? 'Expired' : isGrave ? 'Warning' : 'Good',
    grade: isExpired ? 'F' : isGrave ? 'B' : 'A',
  };
  return { leaf, judgement };
}

/** Bytes that stand for a certificate: no others begin or go on like them. */
function makeDer(name: string): Buffer {
  const digest = createHash('sha512').update(name).digest();
  return Buffer.concat([Buffer.from(name), Buffer.alloc(DER_BYTES - name.length, digest)]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const INTERMEDIATES = ISSUERS.map(([name]) => makeDer(name));
const INTERMEDIATE_HASHES = INTERMEDIATES.map(sha256);

/** A number that looks random, the same for the same arguments (MurmurHash3's last steps). */
function hash(index: number, seed: number, salt: number): number {
  let value =
    Math.imul(index + 1, 0x9e37_79b1) ^ Math.imul(seed + 1, 0x85eb_ca6b) ^ Math.imul(salt, 0xc2b2_ae35);
  value = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Places in another order for each seed, as plans visit their entries. */
function shuffle(count: number, seed: number): Uint32Array {
  const places = Uint32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = hash(i, seed, 5) % (i + 1);
    const place = places[i] ?? 0;
    places[i] = places[j] ?? 0;
    places[j] = place;
  }
  return places;
}

const [, script, file] = process.argv;
if (file !== undefined && script !== undefined && import.meta.url === pathToFileURL(script).href) {
  const [endpoints = 500_000, certificates = 200_000, runs = 10, seed = 1] = process.argv
    .slice(3)
    .map(Number);
  await makeInventory(file, { endpoints, certificates, runs, seed }, (run, bytes, tls) => {
    console.log(`run ${run + 1}: ${tls} spoke TLS, ${(bytes / 1e6).toFixed(0)} MB`);
  });
}
