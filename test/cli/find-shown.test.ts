import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findShown } from '../../src/cli/find-shown.js';
import { type Endpoint, formatEndpoint } from '../../src/model/endpoint.js';
import { UsageError } from '../../src/model/usage-error.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { fingerprint, makeDer, makeEndpoint, makeRun, makeTls } from '../store/sample-observation.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;

const SHOP = makeEndpoint({ host: 'shop.example', serverName: 'shop.example' });
const BARE = makeEndpoint({ address: '192.0.2.7' });
const MAIL = makeEndpoint({ host: 'mail.example', serverName: 'mail.example', port: 25, protocol: 'smtp' });
const MAIL_TLS = makeEndpoint({ host: 'mail.example', serverName: 'mail.example', port: 465 });
const SIX = makeEndpoint({ address: '2001:db8::1' });
const LOST = makeEndpoint({ host: 'lost.example', address: null, serverName: 'lost.example' });
const HEX = makeEndpoint({ host: 'facade', serverName: 'facade', address: '192.0.2.9' });
const FIRST = fingerprint(makeDer('first'));
const SECOND = fingerprint(makeDer('second'));

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  const endpoints = [SHOP, BARE, MAIL, MAIL_TLS, SIX, LOST, HEX];
  await inventory.saveBatch(endpoints.map((endpoint) => makeTls(endpoint, ['first', 'second'])));
});

afterAll(() => inventory.close());

const COLONS = FIRST.toUpperCase().replace(/..(?=.)/g, '$&:');

describe('findShown', () => {
  it.each<[string, Endpoint]>([
    ['shop.example@192.0.2.7:443', SHOP],
    [' SHOP.example:443 ', SHOP],
    ['shop.example', SHOP],
    ['shop', SHOP],
    ['192.0.2.7:443', BARE],
    ['mail.example:25', MAIL],
    ['mail.example:25/smtp', MAIL],
    ['smtp', MAIL],
    ['mail.example:465', MAIL_TLS],
    ['[2001:db8::1]:443', SIX],
    ['2001:db8::1', SIX],
    ['[2001:db8::1]', SIX],
    ['2001', SIX],
    ['lost.example:443', LOST],
    ['facade', HEX],
  ])('takes %j for an endpoint', async (text, endpoint) => {
    expect(await findShown(inventory, text)).toEqual({ kind: 'endpoint', endpoint });
  });

  it.each([
    [FIRST, FIRST],
    [SECOND.slice(0, 10).toUpperCase(), SECOND],
    [COLONS, FIRST],
    [COLONS.slice(0, 30), FIRST],
    [COLONS.replaceAll(':', ' '), FIRST],
  ])('takes %j for a certificate', async (text, found) => {
    expect(await findShown(inventory, text)).toEqual({ kind: 'certificate', fingerprint: found });
  });

  it('lists what is meant when that is several things', async () => {
    const thrown = findShown(inventory, 'mail.example');
    await expect(thrown).rejects.toThrow(UsageError);
    await expect(thrown).rejects.toThrow(`  ${formatEndpoint(MAIL)}\n  ${formatEndpoint(MAIL_TLS)}`);
    await expect(findShown(inventory, '192.0.2')).rejects.toThrow(/may mean any of these/);
  });

  it.each(['', 'nothing', 'shop.example:8443', 'abcdef0123456789', FIRST.slice(0, 4), 'zz:zz:zz'])(
    'knows no %j',
    async (text) => {
      await expect(findShown(inventory, text)).rejects.toThrow(UsageError);
    },
  );
});
