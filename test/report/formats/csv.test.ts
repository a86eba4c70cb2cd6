import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import type { ExportOptions } from '../../../src/report/export-format.js';
import { csv } from '../../../src/report/formats/csv.js';
import { selectColumns } from '../../../src/report/select-columns.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord, NOW, stream } from '../sample-record.js';

async function write(
  records: Iterable<InventoryRecord>,
  options: Partial<ExportOptions> = {},
): Promise<string> {
  let text = '';
  for await (const chunk of csv.write(stream(records), { now: NOW, ...options })) text += chunk;
  return text;
}

/** Reads CSV by the letter of RFC 4180, section 2; anything else is an error. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not RFC 4180 at ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const HEADER =
  'Address,Port,Common Name,Status,Expires,Issued,Issuer,Validation,Key Type,Hash,Key Length,Warnings,Last Scan,Host,' +
  'Server Name,Protocol,Grade,Days Left,Subject Alternative Names,Serial Number,Fingerprint SHA-256,Path,TLS Version,' +
  'First Seen,Owner,Tags\r\n';

describe('CSV', () => {
  it('writes the header and a row for each endpoint', async () => {
    const fingerprint = Array(32).fill('AB').join(':');
    expect(await write([makeRecord(), makeRefusedRecord()])).toBe(
      `${HEADER}2001:db8::1,25,mail.example,Warning,2026-12-04 00:00:00,2026-09-01 00:00:00,"CN=Example CA,O=Example",DV,` +
        'RSA,SHA-256,2048,expiring; no-tls13,2026-11-22 10:00:00,mail.example,mail.example,smtp,B,11,' +
        `DNS:mail.example; DNS:*.mail.example,00:0A:1B:2C,${fingerprint},"trusted (mozilla, corp)",TLSv1.2,` +
        '2026-10-01 08:00:00,,\r\n' +
        '192.0.2.7,443,,No certificate,,,,,,,,,2026-11-22 10:00:00,192.0.2.7,,tls,,,,,,none,,2026-10-01 08:00:00,,\r\n',
    );
  });

  it('writes the header though there are no records', async () => {
    expect(await write([])).toBe(HEADER);
  });

  it('begins with a byte order mark when asked', async () => {
    expect(await write([], { bom: true })).toBe(`\ufeff${HEADER}`);
  });

  it('writes the chosen columns only', async () => {
    expect(await write([makeRecord()], { columns: selectColumns('port,Outcome,Subject') })).toBe(
      'Port,Outcome,Subject\r\n25,tls,"CN=mail.example,O=Corp\\, Inc."\r\n',
    );
  });

  it('quotes disarmed cells', async () => {
    const columns = selectColumns('commonName,port');
    expect(await write([makeCertificateRecord({ commonName: '=HYPERLINK("//x")' })], { columns })).toBe(
      `Common Name,Port\r\n"'=HYPERLINK(""//x"")",25\r\n`,
    );
  });

  it.each([
    ['2026-11-22T12:00:00.000Z', 0],
    ['2026-11-23T11:59:59.000Z', 0],
    ['2026-11-23T12:00:00.000Z', 1],
    ['2026-11-22T11:59:59.000Z', -1],
    ['2026-11-12T12:00:00.000Z', -10],
  ])('counts the days left until %s as %d', async (notAfter, days) => {
    const text = await write([makeCertificateRecord({ notAfter })], { columns: selectColumns('days left') });
    expect(text).toBe(`Days Left\r\n${days}\r\n`);
  });

  it('names a finding once', async () => {
    const { findings } = makeRecord();
    const text = await write([makeRecord({ findings: [...findings, ...findings] })], {
      columns: selectColumns('warnings'),
    });
    expect(text).toBe('Warnings\r\nexpiring; no-tls13\r\n');
  });

  it('can be read back whatever certificates say', async () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...'"\',;=\r\n\t '), fc.string({ unit: 'binary', maxLength: 1 })),
    });
    const columns = selectColumns('commonName,issuer,subjectAltNames,host,port');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, fc.array(text))), async (values) => {
        const records = values.map(([commonName, issuer, subjectAltNames]) =>
          makeCertificateRecord({ commonName, issuer, subjectAltNames }),
        );
        const rows = parseCsv(await write(records, { columns }));
        expect(rows).toHaveLength(values.length + 1);
        for (const row of rows.slice(1)) {
          expect(row).toHaveLength(5);
          expect(row.slice(3)).toEqual(['mail.example', '25']);
        }
      }),
    );
  });

  it('writes as many records as there are in little memory', async () => {
    const record = makeRecord();
    function* many(): Generator<InventoryRecord> {
      for (let i = 0; i < 100_000; i += 1)
        yield { ...record, endpoint: { ...record.endpoint, port: i % 65_536 } };
    }
    let rows = 0;
    let largest = 0;
    for await (const chunk of csv.write(stream(many()), { now: NOW })) {
      rows += String(chunk).split('\r\n').length - 1;
      largest = Math.max(largest, chunk.length);
    }
    expect(rows).toBe(100_001);
    expect(largest).toBeLessThan(1_000_000);
  });
});
