import type { KeyUsage } from '../../x509/parsed-certificate.js';
import type { Check } from '../check.js';
import { listNames } from '../list-names.js';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

/** Purposes that are met in certificates which were never meant for servers. */
const PURPOSE_NAMES: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.3.2', 'client authentication'],
  ['1.3.6.1.5.5.7.3.3', 'code signing'],
  ['1.3.6.1.5.5.7.3.4', 'e-mail protection'],
  ['1.3.6.1.5.5.7.3.8', 'time stamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSP signing'],
  ['1.3.6.1.4.1.311.20.2.2', 'smart card logon'],
  ['1.3.6.1.4.1.311.54.1.2', 'remote desktop authentication'],
]);

/** One of these is what the key of a server does in a handshake (RFC 8446, section 4.4.2.2; RFC 5246, section 7.4.2). */
const SERVER_KEY_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyEncipherment', 'keyAgreement'];

/** The certificate names its purposes, or the uses of its key, and being a server is not among them. */
export const missingServerAuth: Check = {
  id: 'missing-server-auth',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate is not meant for servers',
  citation: 'RFC 5280, sections 4.2.1.3 and 4.2.1.12; BR 7.1.2.7',
  advice:
    'Get a certificate whose extended key usage includes TLS server authentication (serverAuth, 1.3.6.1.5.5.7.3.1) from a template or profile for web servers.',
  run({ leaf }) {
    const { extendedKeyUsage: purposes, keyUsage } = leaf;
    if (keyUsage !== null && !SERVER_KEY_USAGES.some((usage) => keyUsage.has(usage))) {
      const uses = keyUsage.size === 0 ? 'nothing' : [...keyUsage].join(', ');
      return {
        subject: leaf.facts.fingerprintSha256,
        message: `the key of the certificate may be used for ${uses}, not for the handshake of a server`,
        advice:
          'Get a certificate whose key usage includes digitalSignature (and, for RSA, keyEncipherment), from a template or profile for web servers.',
      };
    }
    if (purposes === null || purposes.includes(SERVER_AUTH) || purposes.includes(ANY_EXTENDED_KEY_USAGE))
      return null;
    const own =
      purposes.length === 0 ? 'nothing' : listNames(purposes.map((oid) => PURPOSE_NAMES.get(oid) ?? oid));
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate may be used for ${own}, not for server authentication`,
    };
  },
};
