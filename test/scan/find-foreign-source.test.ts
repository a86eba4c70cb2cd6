import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import {
  FOREIGN_SOURCES,
  findForeignSource,
  formatForeignSources,
} from '../../src/scan/find-foreign-source.js';
import type { ForeignSink } from '../../src/scan/foreign-source.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';
import { exportText } from './import/exported.js';
import { readSample } from './import/import-fixture.js';
import { makeScanned } from './import/scanned.js';
import { makeTlsxLine, makeZgrab2Line } from './import/tool-output.js';

const inDirectory = useTemporaryDirectory('suite');
const samples = new Map<string, string>();

/** A sink that keeps nothing, and refuses as the real one does. */
const SINK: ForeignSink = {
  add: () => undefined,
  fail(problem, line) {
    throw new UsageError(`line ${line}: ${problem}`);
  },
};

beforeAll(async () => {
  const leaf = await makeCertificate({ dnsNames: ['a.example'] });
  const scanned = await makeScanned(inDirectory('scanned.db'));
  samples.set('certsweep-csv', await exportText(scanned, 'csv'));
  samples.set('certsweep-ndjson', await exportText(scanned, 'ndjson'));
  samples.set('nmap', readSample('nmap'));
  samples.set('testssl.sh', readSample('testssl-flat'));
  samples.set('tlsx', makeTlsxLine(leaf, { certificate: leaf.pem }));
  samples.set('zgrab2', makeZgrab2Line([leaf, leaf]));
  await scanned.close();
});

function read(text: string): 'read' | 'refused' {
  const source = findForeignSource(text);
  if (source === null) return 'refused';
  const reader = source.open(SINK);
  try {
    for (let at = 0; at < text.length; at += 700) reader.write(text.slice(at, at + 700));
    reader.end();
    return 'read';
  } catch (error) {
    if (error instanceof UsageError) return 'refused';
    throw error;
  }
}

describe('the forms of results', () => {
  it('have a sample each', () => {
    expect(FOREIGN_SOURCES.map(({ origin }) => origin).sort()).toEqual([...samples.keys()].sort());
  });

  it.each(FOREIGN_SOURCES.map(({ origin }) => origin))('know %s, and no other one does', (origin) => {
    const text = samples.get(origin) ?? '';
    const known = FOREIGN_SOURCES.filter((source) => source.recognises(text));
    expect(known.map((source) => source.origin)).toEqual([origin]);
    expect(read(text)).toBe('read');
  });

  it.each(FOREIGN_SOURCES.map(({ origin }) => origin))('read or refuse each beginning of %s', (origin) => {
    const text = samples.get(origin) ?? '';
    for (let length = 0; length < text.length; length += 37)
      expect(['read', 'refused']).toContain(read(text.slice(0, length)));
  });

  it.each(FOREIGN_SOURCES.map(({ origin }) => origin))('read or refuse %s with broken bytes', (origin) => {
    const text = samples.get(origin) ?? '';
    const place = fc.nat(text.length - 1);
    fc.assert(
      fc.property(place, fc.nat(60), fc.string({ unit: 'binary', maxLength: 8 }), (at, cut, noise) => {
        expect(['read', 'refused']).toContain(read(text.slice(0, at) + noise + text.slice(at + cut)));
      }),
      { numRuns: 200 },
    );
  });

  it('are told apart from text, certificates and inventories', () => {
    for (const text of [
      '',
      'hello',
      '10.0.0.0/8\n',
      '-----BEGIN CERTIFICATE-----\n',
      'SQLite format 3\0',
      '{"a":1}',
    ])
      expect(findForeignSource(text)).toBeNull();
  });

  it('are listed for the help text', () => {
    expect(formatForeignSources().split('\n')).toHaveLength(FOREIGN_SOURCES.length);
  });
});

it('keeps the manual up to date with the forms', () => {
  const manual = readFileSync(new URL('../../docs/import-results.md', import.meta.url), 'utf8');
  const rows = FOREIGN_SOURCES.map(
    ({ description, origin, writtenBy }) => `| ${origin} | ${writtenBy} | ${description} |\n`,
  );
  expect(manual).toContain(rows.join(''));
});
