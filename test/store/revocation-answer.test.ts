import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Revocation } from '../../src/model/revocation.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const CERTIFICATE = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);
const NOW = new Date('2026-11-22T10:00:00Z');
const LATER = new Date('2026-11-23T10:00:00Z');
const OCSP = 'http://ocsp.example/';
const CRL = 'http://crl.example/ca.crl';
const GOOD: Revocation = { status: 'good', source: OCSP };
const REVOKED: Revocation = { status: 'revoked', at: 1000, reason: 'keyCompromise', source: OCSP };

let inventory: Inventory;

beforeEach(() => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
});

afterEach(() => inventory.close());

it('finds what was saved as long as it counts, for that certificate and source', async () => {
  await inventory.saveRevocation(CERTIFICATE, REVOKED, LATER);
  expect(await inventory.findRevocation(CERTIFICATE, [CRL, OCSP], NOW)).toEqual(REVOKED);
  expect(await inventory.findRevocation(CERTIFICATE, [CRL], NOW)).toBeNull();
  expect(await inventory.findRevocation(OTHER, [OCSP], NOW)).toBeNull();
  expect(await inventory.findRevocation(CERTIFICATE, [OCSP], LATER)).toBeNull();
});

it('replaces what a source said before', async () => {
  await inventory.saveRevocation(CERTIFICATE, GOOD, LATER);
  await inventory.saveRevocation(CERTIFICATE, REVOKED, LATER);
  expect(await inventory.findRevocation(CERTIFICATE, [OCSP], NOW)).toEqual(REVOKED);
  await inventory.saveRevocation(CERTIFICATE, { ...REVOKED, at: null, reason: null }, LATER);
  expect(await inventory.findRevocation(CERTIFICATE, [OCSP], NOW)).toEqual({
    ...REVOKED,
    at: null,
    reason: null,
  });
});

it('prefers the first source', async () => {
  await inventory.saveRevocation(CERTIFICATE, { ...GOOD, source: CRL }, LATER);
  await inventory.saveRevocation(CERTIFICATE, REVOKED, LATER);
  expect(await inventory.findRevocation(CERTIFICATE, [OCSP, CRL], NOW)).toEqual(REVOKED);
  expect(await inventory.findRevocation(CERTIFICATE, [CRL, OCSP], NOW)).toEqual({ ...GOOD, source: CRL });
});

it('does not keep that something is unknown', async () => {
  await inventory.saveRevocation(CERTIFICATE, { status: 'unknown', why: 'no answer' }, LATER);
  expect(await inventory.findRevocation(CERTIFICATE, [OCSP], NOW)).toBeNull();
});
