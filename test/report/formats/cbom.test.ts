import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import type { Posture } from '../../../src/model/posture.js';
import { cbom } from '../../../src/report/formats/cbom.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord } from '../sample-record.js';

/** Holds documents against the official schema of CycloneDX 1.6, unknown properties forbidden. */
const validator = new JsonStrictValidator(Version.v1dot6);

const BOM = z.object({
  serialNumber: z.string(),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      name: z.string(),
      cryptoProperties: z.looseObject({ assetType: z.string() }),
      evidence: z
        .object({ occurrences: z.array(z.object({ location: z.string(), additionalContext: z.string() })) })
        .optional(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

async function readBom(records: Iterable<InventoryRecord>) {
  const text = (await collectExport(cbom, records)).toString('utf8');
  expect(await validator.validate(text)).toBeNull();
  const bom = BOM.parse(JSON.parse(text));
  const refs = bom.components.map((component) => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  for (const { ref, dependsOn } of bom.dependencies)
    for (const each of [ref, ...dependsOn]) expect(refs).toContain(each);
  return bom;
}

const posture: Posture = {
  complete: true,
  reason: null,
  connections: 10,
  versions: { SSLv2: false, SSLv3: false, TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': true, 'TLSv1.3': true },
  cipherSuites: [
    { version: 'TLSv1.3', order: null, names: ['TLS_AES_256_GCM_SHA384'], complete: true },
    {
      version: 'TLSv1.2',
      order: 'server',
      names: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
      complete: true,
    },
  ],
  groups: [{ version: 'TLSv1.3', names: ['X25519MLKEM768', 'x25519'], complete: true }],
  ephemeralKeys: [],
  compression: false,
  secureRenegotiation: true,
  fallbackScsv: true,
  extendedMasterSecret: true,
  encryptThenMac: false,
  heartbeat: false,
  ocspStapling: false,
  alpn: null,
  certificates: [],
  unknown: {},
};

describe('CBOM', () => {
  it('describes certificates with their places, keys, algorithms and protocols', async () => {
    const elsewhere = makeRecord({ endpoint: { ...makeRecord().endpoint, port: 587 }, grade: null });
    const bom = await readBom([makeRecord(), makeRefusedRecord(), elsewhere]);
    expect(bom.components.map((component) => component['bom-ref'])).toEqual([
      'protocol:TLSv1.2/smtp/mail.example/mail.example/2001:db8::1/25',
      'protocol:TLSv1.2/smtp/mail.example/mail.example/2001:db8::1/587',
      `cert:sha256:${'ab'.repeat(32)}`,
      `key:sha256:${'ef'.repeat(32)}`,
      'alg:cipher:AES_128_GCM',
      'alg:key-exchange:x25519',
      'alg:signature:sha256WithRSAEncryption',
      'alg:public-key:RSA-2048',
    ]);
    const certificate = bom.components[2];
    expect(certificate?.evidence?.occurrences).toEqual([
      { location: 'smtp://mail.example:25 (2001:db8::1)', additionalContext: 'Warning, grade B' },
      { location: 'smtp://mail.example:587 (2001:db8::1)', additionalContext: 'Warning' },
    ]);
    expect(certificate?.cryptoProperties).toMatchObject({
      certificateProperties: {
        subjectName: 'CN=mail.example,O=Corp\\, Inc.',
        notValidAfter: '2026-12-04T00:00:00.000Z',
        subjectPublicKeyRef: `key:sha256:${'ef'.repeat(32)}`,
      },
    });
  });

  it('describes every version of a posture with its suites and groups', async () => {
    const bom = await readBom([makeRecord({ posture })]);
    const [tls13, tls12] = bom.components;
    expect(tls13?.cryptoProperties).toMatchObject({
      protocolProperties: {
        type: 'tls',
        version: '1.3',
        cipherSuites: [{ name: 'TLS_AES_256_GCM_SHA384', algorithms: ['alg:cipher:AES_256_GCM'] }],
        cryptoRefArray: [
          `cert:sha256:${'ab'.repeat(32)}`,
          'alg:key-exchange:X25519MLKEM768',
          'alg:key-exchange:x25519',
        ],
      },
    });
    expect(tls12?.cryptoProperties).toMatchObject({ protocolProperties: { version: '1.2' } });
  });

  it('has the serial number of what is in it', async () => {
    const one = await readBom([makeRecord()]);
    const other = await readBom([makeCertificateRecord({ fingerprintSha256: '01'.repeat(32) })]);
    expect(one.serialNumber).toBe((await readBom([makeRecord()])).serialNumber);
    expect(one.serialNumber).not.toBe(other.serialNumber);
  });

  it('is valid though nothing is in it, and for times that cannot be written', async () => {
    expect((await readBom([])).components).toEqual([]);
    await readBom([
      makeCertificateRecord({ notAfter: '+012345-01-01T00:00:00.000Z', notBefore: null, keyBits: null }),
    ]);
  });

  it('shares a key between certificates', async () => {
    const bom = await readBom([makeRecord(), makeCertificateRecord({ fingerprintSha256: '01'.repeat(32) })]);
    const types = bom.components.map(({ cryptoProperties }) => cryptoProperties.assetType);
    expect(types.filter((type) => type === 'certificate')).toHaveLength(2);
    expect(types.filter((type) => type === 'related-crypto-material')).toHaveLength(1);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('stays valid with %s', async (_, text) => {
    const bom = await readBom([makeHostileRecord(text)]);
    for (const { name } of bom.components) expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
  });
});
