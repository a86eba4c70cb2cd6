import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { UsageError } from '../../../src/model/usage-error.js';
import { pem } from '../../../src/report/formats/pem.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeRecord, makeRefusedRecord, NOW, stream } from '../sample-record.js';

describe('PEM', () => {
  it('writes each certificate once, with a comment that says where it was met', async () => {
    const text = (await collectExport(pem, [makeRecord(), makeRefusedRecord(), makeRecord()])).toString();
    const base64 = Buffer.from(`DER of ${'ab'.repeat(32)}`).toString('base64');
    expect(text).toBe(
      '# abababababababab mail.example, mail.example@[2001:db8::1]:25/smtp, expires 2026-12-04\n' +
        `-----BEGIN CERTIFICATE-----\n${base64.slice(0, 64)}\n${base64.slice(64)}\n-----END CERTIFICATE-----\n`,
    );
  });

  it('says so where a certificate is not at hand', async () => {
    const text = (await collectExport(pem, [makeRecord()], { certificateDer: async () => null })).toString();
    expect(text).toMatch(/^# abab.*\n# the certificate abab[0-9a-f]* itself is not at hand\n$/);
  });

  it('needs a source of certificates', async () => {
    const write = async () => {
      for await (const chunk of pem.write(stream<InventoryRecord>([]), { now: NOW })) expect(chunk).toBe('');
    };
    await expect(write()).rejects.toThrow(UsageError);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s in one short line of ASCII', async (_, text) => {
    const lines = (await collectExport(pem, [makeHostileRecord(text)]))
      .toString('latin1')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^# [ -~]{1,198}$/);
    expect(lines[0]).not.toContain('---');
    expect(lines.slice(1, 2).concat(lines.slice(-1))).toEqual([
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
    ]);
    expect(lines.filter((line) => line.includes('BEGIN CERTIFICATE--'))).toHaveLength(
      lines[0]?.includes('BEGIN CERTIFICATE--') ? 2 : 1,
    );
  });
});
