import { createServer, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { type Listener, listen } from '../../servers/listener.js';
import { type OpensslOptions, startOpenssl } from '../hello/openssl-server.js';
import { askPosture, groupsOf, offeredVersions, suitesOf } from './ask-posture.js';

let rsa: MadeCertificate[];
let ecdsa: MadeCertificate[];
const running: Listener[] = [];

beforeAll(async () => {
  const root = await makeCertificate({ subject: 'CN=Root', ca: true });
  const intermediate = await makeCertificate({ subject: 'CN=Intermediate', ca: true, issuer: root });
  const chainFor = async (key: 'rsa-2048' | 'ec-p256') => [
    await makeCertificate({ dnsNames: ['a.example'], key, issuer: intermediate }),
    intermediate,
  ];
  [rsa, ecdsa] = await Promise.all([chainFor('rsa-2048'), chainFor('ec-p256')]);
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
});

async function nodeServer(chain: readonly MadeCertificate[], options: TlsOptions): Promise<number> {
  const server = createServer({
    cert: chain.map(({ pem }) => pem).join(''),
    key: chain[0]?.privateKeyPem,
    ...options,
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  server.on('secureConnection', (socket) => socket.resume());
  const listener = await listen(server, { host: '127.0.0.1', port: 0 });
  running.push(listener);
  return listener.port;
}

async function opensslServer(options: OpensslOptions): Promise<number> {
  const listener = await startOpenssl({
    ...options,
    args: ['-naccept', '1000', '-no_ticket', ...(options.args ?? [])],
  });
  running.push(listener);
  return listener.port;
}

const ALL_TLS13 = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'];
const ALL_CURVES = ['x25519', 'secp256r1', 'x448', 'secp521r1', 'secp384r1'];
const ALL_FFDHE = ['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'];

describe('probePosture of node:tls', () => {
  it("lists suites in the server's order, and says that it is the server's", async () => {
    const ciphers = [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'AES256-SHA',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'AES128-GCM-SHA256',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ];
    const port = await nodeServer(rsa, {
      ciphers: ciphers.join(':'),
      honorCipherOrder: true,
      ecdhCurve: 'P-384:X25519',
    });
    const { posture } = await askPosture(port);
    expect(posture).toMatchObject({ complete: true, reason: null });
    expect(offeredVersions(posture)).toEqual(['TLSv1.2', 'TLSv1.3']);
    expect(posture.cipherSuites).toEqual([
      {
        version: 'TLSv1.3',
        order: 'server',
        names: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'],
        complete: true,
      },
      {
        version: 'TLSv1.2',
        order: 'server',
        names: [
          'TLS_RSA_WITH_AES_256_CBC_SHA',
          'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
        ],
        complete: true,
      },
    ]);
    expect(posture.groups).toEqual([
      { version: 'TLSv1.3', names: ['secp384r1', 'x25519'], complete: true },
      { version: 'TLSv1.2', names: ['secp384r1', 'x25519'], complete: true },
    ]);
  });

  it('lists suites by strength where the client decides, and says so', async () => {
    const port = await nodeServer(rsa, {
      ciphers: 'AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256:AES128-GCM-SHA256',
      maxVersion: 'TLSv1.2',
      honorCipherOrder: false,
    });
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1.2']);
    expect(posture.cipherSuites).toEqual([
      {
        version: 'TLSv1.2',
        order: 'client',
        names: [
          'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_RSA_WITH_AES_256_CBC_SHA',
        ],
        complete: true,
      },
    ]);
  });

  it('tells what a server of today has in few connections', async () => {
    const port = await nodeServer(rsa, { honorCipherOrder: true, ALPNProtocols: ['h2', 'http/1.1'] });
    const { posture } = await askPosture(port);
    expect(posture).toMatchObject({
      complete: true,
      compression: false,
      secureRenegotiation: true,
      fallbackScsv: true,
      extendedMasterSecret: true,
      encryptThenMac: true,
      heartbeat: false,
      ocspStapling: false,
      alpn: ['h2', 'http/1.1'],
      ephemeralKeys: [],
      unknown: {},
    });
    expect(suitesOf(posture, 'TLSv1.3')).toEqual(ALL_TLS13);
    expect(groupsOf(posture, 'TLSv1.3')).toEqual([...ALL_CURVES, ...ALL_FFDHE]);
    expect(groupsOf(posture, 'TLSv1.2')).toEqual(ALL_CURVES);
    const accepted = posture.cipherSuites.flatMap(({ names }) => names).length;
    // Twelve for versions, suites and groups; compression, fallback and three for application protocols.
    expect(posture.connections).toBeLessThanOrEqual(accepted + 12 + 5);
  });

  it('asks a server of TLS 1.3 alone for nothing that it cannot have', async () => {
    const port = await nodeServer(ecdsa, { minVersion: 'TLSv1.3', ecdhCurve: 'P-256' });
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1.3']);
    expect(groupsOf(posture, 'TLSv1.3')).toEqual(['secp256r1']);
    expect(posture).toMatchObject({
      complete: true,
      compression: null,
      secureRenegotiation: null,
      fallbackScsv: null,
      unknown: { compression: 'TLS 1.3 has no compression' },
    });
    expect(posture.certificates).toHaveLength(1);
  });

  it('lists a server of TLS 1.0 and 1.1', async () => {
    const port = await nodeServer(rsa, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ECDHE-RSA-AES128-SHA:AES128-SHA:@SECLEVEL=0',
      honorCipherOrder: true,
    });
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1', 'TLSv1.1']);
    const names = ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
    expect(suitesOf(posture, 'TLSv1.1')).toEqual(names);
    expect(suitesOf(posture, 'TLSv1')).toEqual(names);
    expect(posture.fallbackScsv).toBe(true);
    expect(groupsOf(posture, 'TLSv1.1')).toEqual(ALL_CURVES);
  });

  it('finds both certificates of a server that has two', async () => {
    const [own, other] = [rsa, ecdsa].map((chain) => ({
      cert: chain.map(({ pem }) => pem).join(''),
      key: chain[0]?.privateKeyPem ?? '',
    }));
    const credentials = {
      cert: [own?.cert ?? '', other?.cert ?? ''],
      key: [own?.key ?? '', other?.key ?? ''],
    };
    for (const minVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const port = await nodeServer([], { ...credentials, minVersion });
      const { posture, presentedChains } = await askPosture(port);
      const leaves = presentedChains.map(([leaf]) => Buffer.from(leaf ?? []).toString('hex')).sort();
      expect(leaves).toEqual(
        [rsa, ecdsa].map(([leaf]) => Buffer.from(leaf?.der ?? []).toString('hex')).sort(),
      );
      if (minVersion === 'TLSv1.2') {
        expect(posture.certificates.map(({ authentication }) => authentication).sort()).toEqual([
          'ECDSA',
          'RSA',
        ]);
      }
    }
  });
});

describe('probePosture of openssl', () => {
  it('measures Diffie-Hellman, and knows whose prime it is', async () => {
    const port = await opensslServer({
      chain: rsa,
      args: ['-tls1_2', '-cipher', 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0', '-dhparam', '@dh.pem'],
      files: { 'dh.pem': Buffer.from(OAKLEY_2) },
    });
    const { posture } = await askPosture(port);
    expect(suitesOf(posture, 'TLSv1.2')).toEqual(['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256']);
    expect(posture.ephemeralKeys).toEqual([
      {
        kind: 'dh',
        bits: 1024,
        name: 'modp1024 (Oakley 2)',
        safePrime: true,
        cipherSuite: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      },
    ]);
    expect(groupsOf(posture, 'TLSv1.2')).toEqual([]);
  });

  it('finds anonymous suites and suites without encryption', async () => {
    const port = await opensslServer({
      chain: rsa,
      args: ['-tls1_2', '-cipher', 'AECDH-AES128-SHA:NULL-SHA256:AES128-SHA:@SECLEVEL=0', '-serverpref'],
    });
    const { posture } = await askPosture(port);
    expect(suitesOf(posture, 'TLSv1.2')).toEqual([
      'TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_NULL_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
    ]);
  });

  it.each([
    ['its own order', ['-serverpref'], ['secp384r1', 'secp256r1']],
    ["the client's order", [], ['secp384r1', 'secp256r1']],
  ])('lists curves though the certificate needs one of them, by %s', async (_, args, groups) => {
    const port = await opensslServer({
      chain: ecdsa,
      args: ['-tls1_2', '-groups', 'P-384:P-256', ...args],
    });
    const { posture } = await askPosture(port);
    expect(posture.complete).toBe(true);
    expect(groupsOf(posture, 'TLSv1.2')?.slice().sort()).toEqual(groups.slice().sort());
  });

  it('sees stapling', async () => {
    const port = await opensslServer({
      chain: rsa,
      args: ['-status_file', '@response.der'],
      files: { 'response.der': OCSP_TRY_LATER },
    });
    const { posture } = await askPosture(port);
    expect(posture.ocspStapling).toBe(true);
  });

  it('lists a server with a single suite and a single group', async () => {
    const port = await opensslServer({
      chain: rsa,
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_SHA256', '-groups', 'X448'],
    });
    const { posture } = await askPosture(port);
    expect(posture.cipherSuites).toEqual([
      { version: 'TLSv1.3', order: null, names: ['TLS_AES_128_CCM_SHA256'], complete: true },
    ]);
    expect(posture.groups).toEqual([{ version: 'TLSv1.3', names: ['x448'], complete: true }]);
  });
});

/** An OCSP response that has no more to say than tryLater (RFC 6960, section 4.2.1). */
const OCSP_TRY_LATER = Buffer.from('30030a0103', 'hex');

/** The 1024-bit prime of RFC 2409, section 6.2, as PEM parameters. */
const OAKLEY_2 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;
