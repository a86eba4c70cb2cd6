import { beforeEach, describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { openDatabase } from '../../src/store/open-database.js';
import { verifyInventory } from '../../src/store/verify-inventory.js';
import { makeEndpoint, makeRefused, makeRun, makeTls } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

beforeEach(async () => {
  const inventory = openInventory(inDirectory('a.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([
    makeTls(makeEndpoint(), undefined, { ocsp: Buffer.from('response') }),
    makeRefused(makeEndpoint({ port: 1 })),
  ]);
  await inventory.close();
});

function verify(spki = '') {
  return verifyInventory(inDirectory('a.db'), { readSpki: () => spki });
}

describe('verifying an inventory', () => {
  it('finds nothing wrong in one that was saved, and tells where it is', () => {
    const steps: string[] = [];
    const faults = verifyInventory(inDirectory('a.db'), {
      readSpki: () => '',
      starts: (step) => steps.push(step),
    });
    expect(faults).toEqual([]);
    expect(steps.length).toBeGreaterThan(5);
  });

  it.each([
    ['a dangling reference', 'delete from handshake', /observation refers to a row of handshake/],
    [
      'changed bytes of a certificate',
      "update certificate set der = x'00' where id = 1",
      /have the fingerprint/,
    ],
    ['a changed response', "update stapled_response set der = x'00'", /have another digest/],
    ['another chain', 'update chain_certificate set certificate_id = 1', /holds other certificates/],
    [
      'entries cut short',
      'update bare_observation set entries = substr(entries, 1, 3)',
      /3 bytes of entries, which is no multiple of 4/,
    ],
    [
      'an entry twice',
      'update bare_observation set entries = cast(entries || entries as blob)',
      /entry twice/,
    ],
    [
      'an endpoint that is packed and has rows',
      `insert into endpoint (host, address, port, protocol, server_name) values ('', x'c0000207', 1, 'tls', '')`,
      /has an entry of an endpoint that has rows/,
    ],
    ['a stale view', 'update current_endpoint set first_seen = 0', /1 endpoints are listed otherwise/],
    ['a view of nothing', 'delete from current_endpoint', /1 endpoints are listed otherwise/],
  ])('finds %s', (_, statement, expected) => {
    const database = openDatabase(inDirectory('a.db'), {});
    database.pragma('foreign_keys = OFF');
    database.exec(statement);
    database.close();
    expect(verify().map(({ fault }) => fault)).toContainEqual(expect.stringMatching(expected));
  });

  it('finds a key that is another one', () => {
    expect(verify('ab'.repeat(32))[0]?.fault).toMatch(/has the key (?:ab){32}, not/);
  });
});
