import type { InteropServer } from '../interop-server.js';

interface Variant {
  readonly title: string;
  /** Doubles as the label of the port. */
  readonly label: string;
  readonly version: string;
  readonly priority: string;
}

const VARIANTS: readonly Variant[] = [
  { title: 'what it likes best', label: 'usual', version: 'TLSv1.3', priority: 'NORMAL' },
  {
    title: 'TLS 1.2',
    label: 'tls12',
    version: 'TLSv1.2',
    priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.2',
  },
  {
    title: 'TLS 1.0',
    label: 'tls10',
    version: 'TLSv1',
    priority: 'LEGACY:-VERS-ALL:+VERS-TLS1.0:+SHA1',
  },
  {
    title: 'finite-field Diffie-Hellman in TLS 1.3',
    label: 'ffdhe',
    version: 'TLSv1.3',
    priority: 'NORMAL:-GROUP-ALL:+GROUP-FFDHE2048',
  },
];

/** `gnutls-serv`, which like all of GnuTLS reads hellos more strictly than OpenSSL does. */
export const gnutls: InteropServer = {
  name: 'GnuTLS',
  programs: [{ file: 'gnutls-serv', package: 'gnutls-bin' }],
  identities: { main: { dnsNames: ['interop.example'], key: 'rsa-2048' } },
  cases: VARIANTS.map(({ title, label, version }) => ({ title, version, protocol: 'tls', port: label })),
  async start(room) {
    const serve = ({ label, priority }: Variant) => {
      const files = ['--x509certfile', 'main.chain.pem', '--x509keyfile', 'main.key.pem'];
      const args = ['--port', `${room.port(label)}`, ...files, '--priority', priority, '--http'];
      return room.serve(room.program('gnutls-serv'), args, [label]);
    };
    await Promise.all(VARIANTS.map(serve));
  },
};
