import { keyIdentity } from '../x509/key-identity.js';
import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { OpenedFile, OpenedObject } from './opened-file.js';

/** A certificate in a file. */
export type HeldCertificate = Extract<OpenedObject, { kind: 'certificate' }>;

/** Possible issuers that go with each further server certificate: a file may hold thousands of both. */
const MAX_AUTHORITIES = 500;

/**
 * Lists the chains of a file, each as a server would send it: first the file as it is or, where the format has no order,
 * with its own certificate first; then each server certificate that is no part of that, with the CA certificates of the
 * file behind it.
 */
export function listChains(file: OpenedFile): readonly (readonly HeldCertificate[])[] {
  const held = file.objects.filter((object) => object.kind === 'certificate');
  const [first] = held;
  if (first === undefined) return [];
  const own = file.format === 'PEM' ? first : findOwn(file, held);
  const authorities = held.filter(({ parsed }) => isAuthority(parsed)).slice(0, MAX_AUTHORITIES);
  const known = new Set([own.parsed.facts.fingerprintSha256]);
  const others = held.filter(({ parsed }) => {
    const { fingerprintSha256 } = parsed.facts;
    if (isAuthority(parsed) || known.has(fingerprintSha256)) return false;
    known.add(fingerprintSha256);
    return true;
  });
  // A chain file that begins with a CA, its server's certificate behind: that is told as a fault of the order.
  const isMisordered = isAuthority(own.parsed) && others.length === 1;
  return [
    [own, ...held.filter((each) => each !== own)],
    ...(isMisordered ? [] : others.map((each) => [each, ...authorities])),
  ];
}

/** The certificate that the private key belongs to, else the first server certificate that issued none of the rest. */
function findOwn({ objects }: OpenedFile, held: readonly HeldCertificate[]): HeldCertificate {
  const keys = objects.flatMap((object) =>
    object.kind === 'private-key' && object.publicKey ? [object.publicKey] : [],
  );
  const [key] = keys;
  const paired = key && held.find(({ parsed }) => keyIdentity(parsed.publicKey) === keyIdentity(key));
  if (paired) return paired;
  const issuers = new Set(
    held.flatMap(({ parsed }) => {
      const issuer = foldName(parsed.issuer);
      return issuer === foldName(parsed.subject) ? [] : [issuer];
    }),
  );
  const end =
    held.find(({ parsed }) => !isAuthority(parsed)) ??
    held.find(({ parsed }) => !issuers.has(foldName(parsed.subject))) ??
    held[0];
  if (end === undefined) throw new Error('a file without certificates has no chain');
  return end;
}

/** Certificates from before version 3 cannot say that they are a CA's, and old roots are of that kind. */
function isAuthority({ basicConstraints, version }: ParsedCertificate): boolean {
  return basicConstraints?.ca === true || version !== 3;
}
