import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { fingerprintOf } from './fingerprint-of.js';
import { readResults, refusalOf } from './import-fixture.js';
import { makeTlsxLine } from './tool-output.js';

const inDirectory = useTemporaryDirectory();
let leaf: MadeCertificate;
let issuing: MadeCertificate;

beforeAll(async () => {
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true });
  leaf = await makeCertificate({ dnsNames: ['www.example.org'], issuer: issuing });
});

const read = (text: string) => readResults(text, inDirectory('tlsx.json'));

describe('the JSON of tlsx', () => {
  it('gives whole chains where it has certificates and chains', async () => {
    const chain = [{ certificate: issuing.pem }];
    const { origin, results } = await read(makeTlsxLine(leaf, { certificate: leaf.pem, chain }));
    expect(origin).toBe('tlsx');
    expect(results).toMatchObject([
      {
        endpoint: {
          host: 'www.example.org',
          address: '192.0.2.7',
          port: 443,
          protocol: 'tls',
          serverName: 'www.example.org',
        },
        observedAt: '2026-10-01T10:00:00.123Z',
        outcome: 'tls',
        failure: null,
        handshake: {
          version: 'TLSv1.3',
          cipherSuite: 'TLS_AES_128_GCM_SHA256',
          group: null,
          compression: null,
        },
        chain: { kind: 'sent', isWhole: true },
      },
    ]);
    const [result] = results;
    const ders = result?.chain?.kind === 'sent' ? result.chain.ders : [];
    expect(ders.map(fingerprintOf)).toEqual([leaf, issuing].map(({ der }) => fingerprintOf(der)));
  });

  it('knows that without chains nothing is known of them', async () => {
    const { results } = await read(makeTlsxLine(leaf, { certificate: leaf.pem }));
    expect(results).toMatchObject([{ chain: { kind: 'sent', isWhole: false } }]);
  });

  it('gives what was told where it has no certificates', async () => {
    const { results } = await read(makeTlsxLine(leaf, { emails: ['ada@example.org'] }));
    expect(results[0]?.chain).toEqual({
      kind: 'told',
      fingerprints: [fingerprintOf(leaf.der)],
      leaf: {
        fingerprintSha256: fingerprintOf(leaf.der),
        commonName: 'www.example.org',
        subject: 'CN=www.example.org, O=Corp',
        issuer: 'CN=Issuing',
        subjectAltNames: ['DNS:www.example.org', 'DNS:example.org', 'email:ada@example.org'],
        serialNumber: '008a0001',
        notBefore: '2026-09-01T00:00:00.000Z',
        notAfter: '2026-12-01T00:00:00.000Z',
        keyType: '',
        keyBits: null,
        signatureAlgorithm: '',
        validation: 'Unknown',
        spkiSha256: '',
      },
    });
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'an address without a name',
      { host: '192.0.2.7', sni: '192.0.2.7' },
      { host: '192.0.2.7', serverName: null },
    ],
    ['a name of its own choice', { sni: 'Other.Example' }, { serverName: 'other.example' }],
    ['no server name', { sni: undefined }, { serverName: 'www.example.org' }],
    [
      'IPv6',
      { host: '2001:DB8:0::1', ip: '2001:db8::1', sni: '' },
      { host: '2001:db8::1', address: '2001:db8::1' },
    ],
    ['a name alone', { ip: undefined }, { host: 'www.example.org', address: null }],
  ])('reads endpoints with %s', async (_, changes, endpoint) => {
    expect((await read(makeTlsxLine(leaf, changes))).results).toMatchObject([{ endpoint }]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a failed probe',
      { subject_dn: undefined, subject_cn: undefined, fingerprint_hash: undefined },
      'without a certificate',
    ],
    ['a name alone', { fingerprint_hash: {} }, 'with no more of the certificate than its name'],
    ['an entry of a CT log', { ctl_source: 'log', ctl_index: 7 }, 'from a log of certificates'],
  ])('leaves out %s', async (_, changes, why) => {
    const { leftOut, results } = await read(makeTlsxLine(leaf) + makeTlsxLine(leaf, changes));
    expect(results).toHaveLength(1);
    expect(leftOut).toEqual({ [why]: 1 });
  });

  it('reads UTF-16, which shells of Windows write', async () => {
    const { writeFileSync } = await import('node:fs');
    const { recogniseForeignFile, readForeignFile } = await import('../../../src/scan/foreign-file.js');
    const file = inDirectory('utf16.json');
    writeFileSync(file, Buffer.from(`\ufeff${makeTlsxLine(leaf)}`, 'utf16le'));
    const source = await recogniseForeignFile(file);
    if (source === null) throw new Error('it was not recognised');
    const hosts: string[] = [];
    for await (const { endpoint } of readForeignFile(file, source)) hosts.push(endpoint.host);
    expect(hosts).toEqual(['www.example.org']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a port that is none', { port: '70000' }, 'has "70000" where a port should be'],
    ['a host that is none', { host: 'a b', sni: undefined }, 'is no host name'],
    ['an address that is none', { ip: '192.0.2.256' }, 'has "192.0.2.256" where an address should be'],
    ['a time that is none', { timestamp: 'yesterday' }, 'has a timestamp that is none'],
    ['a certificate that is none', { certificate: 'none' }, 'has a certificate that is no PEM'],
    [
      'a chain without end',
      { certificate: 'x', chain: Array(100).fill({}) },
      'has a chain of more than 100 certificates',
    ],
    ['too many names', { subject_an: Array(10_001).fill('a') }, 'has a certificate of more than 10000 names'],
  ])('refuses %s with its line', async (_, changes, problem) => {
    const refusal = await refusalOf(makeTlsxLine(leaf) + makeTlsxLine(leaf, changes), inDirectory('x.json'));
    expect(refusal).toContain('x.json line 2: the tlsx JSON ');
    expect(refusal).toContain(problem);
    expect(refusal).toContain('nothing of it is imported');
  });

  it('refuses half a line', async () => {
    const text = makeTlsxLine(leaf) + makeTlsxLine(leaf).slice(0, 200);
    expect(await refusalOf(text, inDirectory('x.json'))).toContain(
      'line 2: the tlsx JSON ends within the object',
    );
  });
});
