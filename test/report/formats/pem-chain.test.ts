import { expect, it } from 'vitest';
import { pemChain } from '../../../src/report/formats/pem-chain.js';
import { collectExport } from '../collect-export.js';
import { makeRecord } from '../sample-record.js';

it('writes each certificate of the presented chains once, the own one first', async () => {
  const text = (await collectExport(pemChain, [makeRecord(), makeRecord()])).toString();
  expect(text.match(/^#.*$/gm)).toEqual([
    '# abababababababab mail.example, mail.example@[2001:db8::1]:25/smtp, expires 2026-12-04',
    '# cdcdcdcdcdcdcdcd sent by mail.example@[2001:db8::1]:25/smtp',
  ]);
  expect(text.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
});
