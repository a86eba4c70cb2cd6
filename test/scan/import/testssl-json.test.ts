import { describe, expect, it } from 'vitest';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { fingerprintOf } from './fingerprint-of.js';
import { type ReadResults, readResults, readSample, refusalOf } from './import-fixture.js';

const inDirectory = useTemporaryDirectory();
const read = (text: string) => readResults(text, inDirectory('testssl.json'));

function fingerprints({ results }: ReadResults): string[][] {
  return results.map(({ chain }) => (chain?.kind === 'sent' ? chain.ders.map(fingerprintOf) : []));
}

describe('the JSON of testssl.sh', () => {
  it('gives the certificate of the flat form, whose chain and time it lacks', async () => {
    const found = await read(readSample('testssl-flat'));
    expect(found.origin).toBe('testssl.sh');
    expect(found.results).toMatchObject([
      {
        endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 46081, protocol: 'tls', serverName: null },
        observedAt: null,
        outcome: 'tls',
        handshake: { version: '', cipherSuite: null },
        chain: { kind: 'sent', isWhole: false },
      },
    ]);
    expect(fingerprints(found)).toEqual([
      ['56552895670565665ba80ff2ab6309cd5f821aaa7e62f6c9675abbb3277ac1bf'],
    ]);
  });

  it('gives the time of the pretty form, and knows a chain of one to be whole', async () => {
    const found = await read(readSample('testssl-pretty'));
    expect(found.results).toMatchObject([
      { endpoint: { port: 34587 }, observedAt: '2026-11-22T19:21:59.000Z', chain: { isWhole: true } },
    ]);
    expect(fingerprints(found)).toEqual([
      ['f823d7d43613f5113e119595ca3a4f846cea034f682e2a6261ffb9dbd272b711'],
    ]);
  });

  it('knows which protocol was spoken before TLS', async () => {
    const { results } = await read(readSample('testssl-flat-smtp'));
    expect(results).toMatchObject([{ endpoint: { protocol: 'smtp' } }]);
  });

  it('leaves out what is no TLS', async () => {
    const { leftOut, results } = await read(readSample('testssl-flat-not-tls'));
    expect([results, leftOut]).toEqual([[], { 'without a certificate': 1 }]);
  });

  it('takes intermediates, which newer versions tell, and host names', async () => {
    const entries: { id: string; finding: string }[] = JSON.parse(readSample('testssl-flat'));
    const pem = entries.find(({ id }) => id === 'cert')?.finding ?? '';
    const place = { ip: 'www.example.org/192.0.2.7', port: '443', severity: 'INFO' };
    const found = await read(
      JSON.stringify([
        { id: 'engine_problem', ip: '/', port: '443', severity: 'WARN', finding: 'old' },
        { id: 'intermediate_cert <#1>', ...place, finding: pem },
        {
          id: 'cert <hostCert#1>',
          ...place,
          finding: pem.replaceAll(' ', '\n').replace(/(BEGIN|END)\n/g, '$1 '),
        },
        { id: 'cert <hostCert#2>', ...place, finding: 'another' },
        { id: 'certs_countServer <hostCert#1>', ...place, finding: '2' },
      ]),
    );
    expect(found.results).toMatchObject([
      {
        endpoint: { host: 'www.example.org', address: '192.0.2.7', serverName: 'www.example.org' },
        chain: { isWhole: true },
      },
    ]);
    expect(fingerprints(found)[0]).toHaveLength(2);
  });

  it('keeps endpoints apart', async () => {
    const flat = readSample('testssl-flat');
    const both = flat.replace(/\]\s*$/, `,${flat.replaceAll('46081', '46082').replace('[', '')}`);
    const { results } = await read(both);
    expect(results.map(({ endpoint }) => endpoint.port)).toEqual([46081, 46082]);
  });

  it.each<[string, string, string]>([
    ['half a list', readSample('testssl-flat').replace(/\]\s*$/, ''), 'ends before testssl.sh did'],
    ['half an object', readSample('testssl-pretty').slice(0, 900), 'ends within the object that begins here'],
    [
      'an entry without a port',
      '[{"id":"cert","severity":"x","finding":"y","ip":"a/192.0.2.1"}]',
      'without "ip" or "port"',
    ],
    [
      'a certificate that is none',
      readSample('testssl-flat').replace('BEGIN CERT', 'BEGIN CART'),
      'that is no PEM',
    ],
    ['results that are no list', '{"Invocation":"x","scanResult":7}', 'has a "scanResult" that is no list'],
    [
      'a time that is none',
      '{"Invocation":"x","startTime":"now","scanResult":[]}',
      'has a "startTime" that is none',
    ],
  ])('refuses %s', async (_, text, problem) => {
    expect(await refusalOf(text, inDirectory('x.json'))).toContain(problem);
  });
});
