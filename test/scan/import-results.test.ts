import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { findForeignSource } from '../../src/scan/find-foreign-source.js';
import { type ImportedResults, importResults, type ResultsToImport } from '../../src/scan/import-results.js';
import { makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { regrade } from '../../src/scan/regrade.js';
import { createRunJudge } from '../../src/scan/run-judge.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';
import { makeTlsxLine, makeZgrab2Line } from './import/tool-output.js';

const inDirectory = useTemporaryDirectory();
let root: MadeCertificate;
let issuing: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
  leaf = await makeCertificate({ dnsNames: ['mail.example.org'], issuer: issuing });
});

const SOON = new Date(NOW.getTime() + 60_000);

function openTarget(): Inventory {
  return openInventory(inDirectory('inventory.db'), { create: true });
}

async function importText(
  inventory: Inventory,
  text: string,
  changes: Partial<ResultsToImport> = {},
): Promise<ImportedResults> {
  const path = inDirectory('found.json');
  writeFileSync(path, text);
  const source = findForeignSource(text);
  if (source === null) throw new Error('no tool writes such a text');
  return await importResults({
    path,
    source,
    inventory,
    issuers: makeIssuerIndex(),
    definition: { defaultTrust: false },
    makeContext: async (now) => ({
      policy: DEFAULT_POLICY,
      trustStores: [makeTrustStore('corp', [root.der])],
      now,
    }),
    moment: SOON,
    observedAt: NOW,
    ...changes,
  });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function findingIds({ findings }: InventoryRecord): string[] {
  return findings.map(({ id }) => id);
}

describe('importing results', () => {
  it('makes a run of their own, with the times of the file', async () => {
    const inventory = openTarget();
    const at = (timestamp: string, ip: string) =>
      makeZgrab2Line([leaf, issuing], { target: { ip }, response: { timestamp } });
    const imported = await importText(
      inventory,
      at('2026-10-01T10:00:05Z', '192.0.2.1') + at('2026-10-01T10:00:00Z', '192.0.2.2'),
    );
    expect(imported).toMatchObject({ observations: 2, startedAt: '2026-10-01T10:00:00.000Z', undated: 0 });
    expect(await inventory.runs()).toEqual([
      {
        id: imported.run,
        definition: { origin: 'zgrab2', file: 'found.json', defaultTrust: false },
        startedAt: '2026-10-01T10:00:00.000Z',
        endedAt: '2026-10-01T10:00:05.000Z',
        state: 'completed',
        planSize: 2,
        counts: { tls: 2 },
      },
    ]);
    await inventory.close();
  });

  it('judges whole chains as a scan does', async () => {
    const inventory = openTarget();
    await importText(inventory, makeZgrab2Line([leaf, issuing]));
    const [record] = await collect(inventory.records());
    expect(record).toMatchObject({ path: { status: 'trusted', trustStores: ['corp'] } });
    await inventory.close();
  });

  it('proves with the chains of some servers what others do not send, whatever their order', async () => {
    const inventory = openTarget();
    const short = makeZgrab2Line([leaf], { target: { ip: '192.0.2.1' } });
    await importText(inventory, short + makeZgrab2Line([leaf, issuing], { target: { ip: '192.0.2.2' } }));
    const records = await collect(inventory.records());
    expect(records.map(findingIds)).toEqual([
      expect.arrayContaining(['missing-intermediate']),
      expect.not.arrayContaining(['missing-intermediate']),
    ]);
    await inventory.close();
  });

  it('finds nothing missing where only the certificates of servers were told, not even when they are judged again', async () => {
    const inventory = openTarget();
    const { run } = await importText(
      inventory,
      makeTlsxLine(leaf, { certificate: leaf.pem, host: 'mail.example.org', sni: '' }),
    );
    const expected = {
      path: {
        status: 'incomplete',
        reason: 'only the certificate of the server was told, not what is sent with it',
      },
      grade: null,
    };
    const [record] = await collect(inventory.records());
    expect(record).toMatchObject(expected);
    expect(record && findingIds(record)).not.toContain('unknown-issuer');
    const [{ definition } = { definition: {} }] = await inventory.runs();
    expect(definition).toMatchObject({ origin: 'tlsx', chains: 'leaf' });
    await regrade({
      inventory,
      runs: [
        {
          id: run,
          startedAt: NOW,
          moment: SOON,
          makeJudge: async () =>
            createRunJudge(definition, { policy: DEFAULT_POLICY, trustStores: [], now: SOON }),
        },
      ],
      signal: new AbortController().signal,
      now: () => SOON,
    });
    const [again] = await collect(inventory.records());
    expect(again).toMatchObject(expected);
    expect(again && findingIds(again)).not.toContain('unknown-issuer');
    await inventory.close();
  });

  it.each([
    ['2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z', 'Expired', ['expired', 'unverified-certificate']],
    ['2026-12-01T00:00:00Z', '2026-10-02T00:00:00Z', 'Warning', ['unverified-certificate']],
    ['2026-12-01T00:00:00Z', '2026-08-01T00:00:00Z', 'Warning', ['not-yet-valid', 'unverified-certificate']],
  ])('judges by its dates what was only told of: until %s, at %s: %s', async (_, moment, status, ids) => {
    const inventory = openTarget();
    await importText(inventory, makeTlsxLine(leaf), { moment: new Date(moment) });
    const [record] = await collect(inventory.records());
    expect(record).toMatchObject({ status, grade: null, path: { status: 'incomplete' } });
    expect(record && findingIds(record)).toEqual(ids);
    await inventory.close();
  });

  it('adds nothing when it is imported twice', async () => {
    const inventory = openTarget();
    const text = makeZgrab2Line([leaf, issuing]) + makeZgrab2Line([leaf], { target: { ip: '192.0.2.1' } });
    const first = await importText(inventory, text);
    const records = await collect(inventory.records({ history: true }));
    expect(await importText(inventory, text)).toEqual(first);
    expect(await collect(inventory.records({ history: true }))).toEqual(records);
    expect(await inventory.runs()).toHaveLength(1);
    await inventory.close();
  });

  it('calls the run of a file without times the same, whatever its own time', async () => {
    const text = makeTlsxLine(leaf, { timestamp: undefined });
    const inventory = openTarget();
    const first = await importText(inventory, text);
    expect(first).toMatchObject({ undated: 1, startedAt: NOW.toISOString() });
    const other = openInventory(inDirectory('other.db'), { create: true });
    expect((await importText(other, text, { observedAt: SOON })).run).toBe(first.run);
    await Promise.all([inventory.close(), other.close()]);
  });

  it.each<[string, () => string, string]>([
    [
      'half a line',
      () => makeTlsxLine(leaf) + makeTlsxLine(leaf).slice(0, 100),
      'line 2: the tlsx JSON ends within',
    ],
    [
      'nothing of use',
      () => makeTlsxLine(leaf, { ctl_index: 1 }),
      'tells of no endpoint: 1 from a log of certificates',
    ],
  ])('saves nothing of a file with %s', async (_, text, problem) => {
    const inventory = openTarget();
    await expect(importText(inventory, text())).rejects.toThrow(problem);
    expect(await inventory.runs()).toEqual([]);
    await inventory.close();
  });

  it('saves nothing whole of a file that changes while it is read', async () => {
    const inventory = openTarget();
    const path = inDirectory('found.json');
    const changing = async (now: Date) => {
      writeFileSync(path, `${readFileSync(path, 'utf8')}${makeTlsxLine(leaf)}`);
      return { policy: DEFAULT_POLICY, trustStores: [], now };
    };
    await expect(importText(inventory, makeTlsxLine(leaf), { makeContext: changing })).rejects.toThrow(
      'has changed while it was read',
    );
    expect(await inventory.runs()).toMatchObject([{ state: 'running' }]);
    await inventory.close();
  });
});
