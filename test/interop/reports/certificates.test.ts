import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { pem } from '../../../src/report/formats/pem.js';
import { makeTemporaryFolder } from '../../fixtures/temporary-folder.js';
import { collectExport } from '../../report/collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../../report/hostile-record.js';
import { runTool } from '../agreement/run-tool.js';
import { findReportProgram, REPORT_PROGRAMS } from './report-programs.js';

const openssl = findReportProgram(REPORT_PROGRAMS.openssl);

describe.skipIf(openssl.isSkipped)(`OpenSSL (${openssl.remark})`, () => {
  it('reads every certificate, whatever the comments say', async () => {
    const ders = Object.keys(HOSTILE_TEXTS).map((_, i) => new X509Certificate(rootCertificates[i] ?? '').raw);
    const records = Object.values(HOSTILE_TEXTS).map((text, i) => {
      const { certificate, ...record } = makeHostileRecord(text);
      const fingerprintSha256 = i.toString(16).padStart(64, 'a');
      return { ...record, certificate: certificate && { ...certificate, fingerprintSha256 } };
    });
    let next = 0;
    const bytes = await collectExport(pem, records, { certificateDer: async () => ders[next++] ?? null });
    const folder = await makeTemporaryFolder();
    try {
      const file = folder.file('certificates.pem');
      writeFileSync(file, bytes);
      const stdout = await runTool(openssl.file, ['storeutl', '-certs', file]);
      const read = stdout.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      expect(read.map((each) => new X509Certificate(each).raw)).toEqual(ders);
    } finally {
      await folder.remove();
    }
  });
});
