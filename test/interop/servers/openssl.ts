import type { InteropServer } from '../interop-server.js';
import { OPENSSL_PROGRAM } from '../openssl-program.js';
import { writeOcspResponse } from '../write-ocsp-response.js';

/** OpenSSL refuses old versions, small keys and SHA-1 handshakes unless told to put up with them. */
const PERMISSIVE = ['-cipher', 'ALL:@SECLEVEL=0'];

interface Variant {
  readonly title: string;
  /** Doubles as the label of the port. */
  readonly label: string;
  readonly identity: string;
  /** Default `TLSv1.3`. */
  readonly version?: string;
  readonly stapledFile?: string;
  readonly args: readonly string[];
}

const VARIANTS: readonly Variant[] = [
  { title: 'TLS 1.0', label: 'tls10', identity: 'rsa', version: 'TLSv1', args: ['-tls1', ...PERMISSIVE] },
  {
    title: 'TLS 1.0 with an ECDSA certificate',
    label: 'tls10ec',
    identity: 'ec',
    version: 'TLSv1',
    args: ['-tls1', ...PERMISSIVE],
  },
  {
    title: 'TLS 1.1',
    label: 'tls11',
    identity: 'rsa',
    version: 'TLSv1.1',
    args: ['-tls1_1', ...PERMISSIVE],
  },
  { title: 'TLS 1.2', label: 'tls12', identity: 'ec', version: 'TLSv1.2', args: ['-tls1_2'] },
  {
    title: 'finite-field Diffie-Hellman',
    label: 'dhe',
    identity: 'rsa',
    version: 'TLSv1.2',
    args: ['-tls1_2', '-cipher', 'DHE-RSA-AES256-SHA'],
  },
  {
    title: 'static RSA key exchange',
    label: 'static',
    identity: 'rsa',
    version: 'TLSv1.2',
    args: ['-tls1_2', '-cipher', 'AES128-SHA'],
  },
  { title: 'RSA with 1024 bits', label: 'rsa1024', identity: 'rsa1024', args: [...PERMISSIVE] },
  { title: 'RSA with 4096 bits', label: 'rsa4096', identity: 'rsa4096', args: [] },
  { title: 'Ed25519', label: 'ed25519', identity: 'ed25519', args: [] },
  { title: 'P-521', label: 'p521', identity: 'p521', args: [] },
  { title: 'a group that takes a second hello', label: 'retry', identity: 'ec', args: ['-groups', 'P-521'] },
  {
    title: 'a client certificate demanded in TLS 1.2',
    label: 'client12',
    identity: 'ec',
    version: 'TLSv1.2',
    args: ['-tls1_2', '-Verify', '1'],
  },
  {
    title: 'a client certificate demanded in TLS 1.3',
    label: 'client13',
    identity: 'ec',
    args: ['-Verify', '1'],
  },
  {
    title: 'a stapled OCSP response in TLS 1.2',
    label: 'stapled12',
    identity: 'ec',
    version: 'TLSv1.2',
    stapledFile: 'ec.ocsp.der',
    args: ['-tls1_2', '-status_file', 'ec.ocsp.der'],
  },
  {
    title: 'a stapled OCSP response in TLS 1.3',
    label: 'stapled13',
    identity: 'ec',
    stapledFile: 'ec.ocsp.der',
    args: ['-status_file', 'ec.ocsp.der'],
  },
];

const NAMES = { dnsNames: ['interop.example'] };

/** `openssl s_server` with what web servers are seldom set to. */
export const openssl: InteropServer = {
  name: 'OpenSSL',
  programs: [OPENSSL_PROGRAM],
  identities: {
    ec: NAMES,
    rsa: { ...NAMES, key: 'rsa-2048' },
    rsa1024: { ...NAMES, key: 'rsa-1024' },
    rsa4096: { ...NAMES, key: 'rsa-4096' },
    ed25519: { ...NAMES, key: 'ed25519' },
    p521: { ...NAMES, key: 'ec-p521' },
  },
  cases: VARIANTS.map(({ label, args: _, ...variant }) => ({ ...variant, protocol: 'tls', port: label })),
  async start(room) {
    await writeOcspResponse(room, 'ec');
    const serve = ({ label, identity, args }: Variant) => {
      const files = ['-cert', `${identity}.leaf.pem`, '-cert_chain', `${identity}.issuer.pem`];
      const place = ['-accept', `127.0.0.1:${room.port(label)}`, '-key', `${identity}.key.pem`];
      return room.serve(
        room.program(OPENSSL_PROGRAM.file),
        ['s_server', ...place, ...files, ...args],
        [label],
      );
    };
    await Promise.all(VARIANTS.map(serve));
  },
};
