import type { InteropServer } from '../interop-server.js';
import { OPENSSL_PROGRAM } from '../openssl-program.js';
import { writeOcspResponse } from '../write-ocsp-response.js';

/** nginx with implicit TLS: versions, two kinds of key on one port, a stapled OCSP response, and sites by server name. */
export const nginx: InteropServer = {
  name: 'nginx',
  programs: [{ file: 'nginx', package: 'nginx-light' }, OPENSSL_PROGRAM],
  identities: {
    first: { dnsNames: ['first.interop.example'] },
    second: { dnsNames: ['second.interop.example'] },
    rsa: { dnsNames: ['both.interop.example'], key: 'rsa-2048' },
    ecdsa: { dnsNames: ['both.interop.example'], key: 'ec-p384' },
  },
  cases: [
    { title: 'the default site, asked for no name', protocol: 'tls', port: 'sites', identity: 'first' },
    {
      title: 'the first site by its name',
      protocol: 'tls',
      port: 'sites',
      serverName: 'first.interop.example',
      identity: 'first',
    },
    {
      title: 'the second site by its name',
      protocol: 'tls',
      port: 'sites',
      serverName: 'second.interop.example',
      identity: 'second',
    },
    {
      title: 'the default site, asked for a name that nobody has',
      protocol: 'tls',
      port: 'sites',
      serverName: 'third.interop.example',
      identity: 'first',
    },
    { title: 'TLS 1.2 alone', protocol: 'tls', port: 'tls12', identity: 'first', version: 'TLSv1.2' },
    { title: 'TLS 1.3 alone', protocol: 'tls', port: 'tls13', identity: 'first' },
    {
      title: 'the RSA certificate of two',
      protocol: 'tls',
      port: 'both',
      identity: 'rsa',
      authentication: 'rsa',
    },
    {
      title: 'the ECDSA certificate of two',
      protocol: 'tls',
      port: 'both',
      identity: 'ecdsa',
      authentication: 'ecdsa',
    },
    {
      title: 'a stapled OCSP response',
      protocol: 'tls',
      port: 'stapled',
      identity: 'first',
      stapledFile: 'first.ocsp.der',
    },
  ],
  async start(room) {
    await writeOcspResponse(room, 'first');
    const site = (label: string, name: string, identities: readonly string[], ...more: readonly string[]) => {
      const certificates = identities.flatMap((identity) => [
        `ssl_certificate ${room.file(`${identity}.chain.pem`)};`,
        `ssl_certificate_key ${room.file(`${identity}.key.pem`)};`,
      ]);
      return [
        `server { listen 127.0.0.1:${room.port(label)} ssl; server_name ${name};`,
        ...certificates,
        ...more,
        '}',
      ];
    };
    const configuration = [
      `daemon off; master_process off; pid ${room.file('nginx.pid')}; error_log stderr;`,
      'events {}',
      'http {',
      'access_log off; ssl_protocols TLSv1.2 TLSv1.3;',
      ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `${kind}_temp_path ${room.file(`${kind}-temporary`)};`,
      ),
      ...site('sites', 'first.interop.example', ['first']),
      ...site('sites', 'second.interop.example', ['second']),
      ...site('tls12', '_', ['first'], 'ssl_protocols TLSv1.2;'),
      ...site('tls13', '_', ['first'], 'ssl_protocols TLSv1.3;'),
      ...site('both', '_', ['rsa', 'ecdsa']),
      ...site(
        'stapled',
        '_',
        ['first'],
        `ssl_stapling on; ssl_stapling_file ${room.file('first.ocsp.der')};`,
      ),
      '}',
    ];
    const file = await room.write('nginx.conf', configuration.join('\n'));
    const labels = ['sites', 'tls12', 'tls13', 'both', 'stapled'];
    await room.serve(room.program('nginx'), ['-c', file, '-p', room.path, '-e', 'stderr'], labels);
  },
};
