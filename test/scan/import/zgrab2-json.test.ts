import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { fingerprintOf } from './fingerprint-of.js';
import { readResults, refusalOf } from './import-fixture.js';
import { makeZgrab2Line } from './tool-output.js';

const inDirectory = useTemporaryDirectory();
let leaf: MadeCertificate;
let issuing: MadeCertificate;

beforeAll(async () => {
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true });
  leaf = await makeCertificate({ dnsNames: ['mail.example.org'], issuer: issuing });
});

const read = (text: string) => readResults(text, inDirectory('zgrab2.json'));

describe('the JSON of zgrab2', () => {
  it('gives whole chains with what was negotiated', async () => {
    const { origin, results } = await read(makeZgrab2Line([leaf, issuing]));
    expect(origin).toBe('zgrab2');
    expect(results).toMatchObject([
      {
        endpoint: {
          host: 'mail.example.org',
          address: '192.0.2.8',
          port: 443,
          serverName: 'mail.example.org',
        },
        observedAt: '2026-10-01T10:00:00.000Z',
        outcome: 'tls',
        handshake: {
          version: 'TLSv1.2',
          cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
          group: 'secp256r1',
          compression: 'null',
        },
        chain: { kind: 'sent', isWhole: true },
      },
    ]);
    const [result] = results;
    const ders = result?.chain?.kind === 'sent' ? result.chain.ders : [];
    expect(ders.map(fingerprintOf)).toEqual([leaf, issuing].map(({ der }) => fingerprintOf(der)));
  });

  it('knows TLS 1.3 by its suites', async () => {
    const hello = { cipher_suite: { name: 'TLS_AES_128_GCM_SHA256', value: 0x1301 } };
    expect((await read(makeZgrab2Line([leaf], { hello }))).results).toMatchObject([
      { handshake: { version: 'TLSv1.3' } },
    ]);
  });

  it.each<[string, Parameters<typeof makeZgrab2Line>[1], unknown]>([
    [
      'SMTP after STARTTLS',
      { module: 'smtp', result: { starttls: '220 go' } },
      { port: 25, protocol: 'smtp' },
    ],
    ['SMTP within TLS', { module: 'smtp', response: { port: 465 } }, { port: 465, protocol: 'tls' }],
    ['FTP after AUTH TLS', { module: 'ftp', result: { auth_tls: '234' } }, { port: 21, protocol: 'ftp' }],
    ['PostgreSQL', { module: 'postgres' }, { port: 5432, protocol: 'postgres' }],
    ['an address alone', { target: { ip: '2001:db8::1' } }, { host: '2001:db8::1', serverName: null }],
    ['a port of its own', { response: { port: 8443 } }, { port: 8443, protocol: 'tls' }],
  ])('reads %s', async (_, options, endpoint) => {
    expect((await read(makeZgrab2Line([leaf], options))).results).toMatchObject([{ endpoint }]);
  });

  it('takes refusals, and leaves out what says less', async () => {
    const failed = (status: string) => makeZgrab2Line([], { response: { status, result: undefined } });
    const { leftOut, results } = await read(
      ['connection-refused', 'connection-timeout', 'unknown-error'].map(failed).join(''),
    );
    expect(results).toMatchObject([
      { outcome: 'refused', failure: { stage: 'connect', code: 'ECONNREFUSED' }, chain: null },
      { outcome: 'connect-timeout', failure: { stage: 'connect' }, handshake: null },
    ]);
    expect(leftOut).toEqual({ 'without a certificate': 1 });
  });

  it.each<[string, string, string]>([
    ['no data', '{"ip":"192.0.2.1","data":7}', 'has an object without "data"'],
    ['a result that is none', '{"ip":"192.0.2.1","data":{"tls":[]}}', 'has a result that is no object'],
    [
      'a certificate that is none',
      '{"ip":"192.0.2.1","data":{"tls":{"result":{"handshake_log":{"server_certificates":{"certificate":{"raw":"*"}}}}}}}',
      'has a certificate that is no base64',
    ],
    ['half an object', '{"ip":"192.0.2.1","data":{', 'ends within the object that begins here'],
    ['too much depth', `{"ip":"192.0.2.1","data":${'['.repeat(200)}`, 'nests more than 100 levels deep'],
  ])('refuses %s', async (_, text, problem) => {
    expect(await refusalOf(text, inDirectory('x.json'))).toContain(
      `x.json line 1: the zgrab2 JSON ${problem}`,
    );
  });
});
