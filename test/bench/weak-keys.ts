// Prints what testing a key costs on one core. Run: npx tsx test/bench/weak-keys.ts

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parseCertificate } from '../../src/x509/certificate.js';
import { findKeyFaults } from '../../src/x509/keys/find-key-faults.js';
import type { KeyTest } from '../../src/x509/keys/key-test.js';
import { readRsaNumbers } from '../../src/x509/keys/rsa-numbers.js';
import * as tests from '../../src/x509/keys/tests/index.js';
import type { SubjectPublicKey } from '../../src/x509/parsed-certificate.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

const KEYS_OF_A_KIND = 4;

await measure('RSA-2048', () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
await measure('RSA-4096', () => generateKeyPairSync('rsa', { modulusLength: 4096 }));
await measure('EC P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
await measure('Ed25519', () => generateKeyPairSync('ed25519'));

async function measure(
  what: string,
  makeKey: () => { publicKey: KeyObject; privateKey: KeyObject },
): Promise<void> {
  const keys = await Promise.all(
    Array.from({ length: KEYS_OF_A_KIND }, async () => {
      const { der } = await makeCertificate({ subject: 'CN=bench', key: makeKey() });
      return parseCertificate(der).publicKey;
    }),
  );
  report(`${what}: all tests`, keys, (key) => findKeyFaults(key));
  for (const [name, test] of Object.entries<KeyTest>(tests))
    report(`  ${name}`, keys, (publicKey) =>
      test.run({ publicKey, rsa: readRsaNumbers(publicKey), lists: [] }),
    );
}

function report(
  what: string,
  keys: readonly SubjectPublicKey[],
  run: (key: SubjectPublicKey) => unknown,
): void {
  const ROUNDS = 1_000;
  for (let round = 0; round < ROUNDS; round++) keys.forEach(run);
  const begun = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) keys.forEach(run);
  const { user, system } = process.cpuUsage(begun);
  console.log(`${what}: ${((user + system) / ROUNDS / keys.length).toFixed(1)} us each`);
}
