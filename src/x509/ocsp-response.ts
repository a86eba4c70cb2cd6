import type { RevocationReason } from '../model/revocation.js';
import { readBitStringBytes } from './der/bit-string.js';
import { readEnumerated } from './der/enumerated.js';
import { readOid } from './der/oid.js';
import { readTime } from './der/time.js';
import {
  contentOf,
  type DerElement,
  encodingOf,
  readChildren,
  readDer,
  readWrapped,
  requireTag,
  TAG,
} from './der.js';
import { DerError } from './der-error.js';
import { readExtensions } from './extensions.js';
import { readName } from './name.js';
import { type OcspCertificateId, readOcspCertificateId } from './ocsp-certificate-id.js';
import type { DistinguishedName } from './parsed-certificate.js';
import type { AnswerWindow } from './revocation-answer.js';
import { readRevocationReason } from './revocation-reason.js';
import { readSignatureAlgorithm } from './signature-algorithm.js';
import type { Signed } from './signed-by.js';

/** What a response says of one certificate. */
export interface OcspStatement extends AnswerWindow {
  readonly id: OcspCertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Status `revoked`: when; null when it cannot be read. */
  readonly revokedAt: number | null;
  readonly reason: RevocationReason | null;
  /** OIDs of extensions that must be heeded and cannot be. */
  readonly unhandledExtensions: readonly string[];
}

/** A basic OCSP response (RFC 6960, section 4.2.1), not yet verified. Byte arrays are views of what was read. */
export interface BasicOcspResponse extends Signed {
  /** Who says that it answers: a name, or the SHA-1 of a key. */
  readonly responder: { readonly name: DistinguishedName } | { readonly keyHash: Uint8Array };
  readonly statements: readonly OcspStatement[];
  /** DER of the certificates that were sent along. */
  readonly certificates: readonly Uint8Array[];
  /** Null: none was sent back. */
  readonly nonce: Uint8Array | null;
  readonly unhandledExtensions: readonly string[];
}

/** An OCSP response: an answer, or the name of the error that the responder reports instead (RFC 6960, section 2.3). */
export type OcspResponse =
  | { readonly error: null; readonly basic: BasicOcspResponse }
  | { readonly error: string; readonly basic: null };

/** Answers with a post-quantum signature and certificate take some 100 KB; all others some 2 KB. */
const MAX_RESPONSE_BYTES = 262_144;

/** Requests are for one certificate; some responders answer with a few more than were asked for. */
const MAX_STATEMENTS = 256;

/** A delegated responder and the certificates above it. */
const MAX_CERTIFICATES = 8;

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';

/** By number; 0 is success, and 4 is not used. */
const ERRORS: readonly (string | undefined)[] = [
  undefined,
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
];

/** Reads an OCSP response; throws DerError where it cannot be read. */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > MAX_RESPONSE_BYTES) {
    throw new DerError(`a response of ${der.length} bytes, more than ${MAX_RESPONSE_BYTES}`);
  }
  const [status, wrapper] = readChildren(requireTag(readDer(der), TAG.sequence, 'the response'));
  const code = readEnumerated(status, 'the response status');
  if (code !== 0) return { error: ERRORS[code] ?? `status ${code}`, basic: null };
  const bytes = readWrapped(requireTag(wrapper, 0xa0, "the response's content"));
  const [type, content] = readChildren(requireTag(bytes, TAG.sequence, "the response's content"));
  const oid = readOid(type, "the response's type");
  if (oid !== BASIC_RESPONSE)
    throw new DerError(`the response is of type ${oid}, which is not the basic one`);
  const basic = readWrapped(requireTag(content, TAG.octetString, 'the basic response'));
  return { error: null, basic: readBasic(requireTag(basic, TAG.sequence, 'the basic response')) };
}

function readBasic(element: DerElement): BasicOcspResponse {
  const [tbs, algorithm, signature, certificates] = readChildren(element);
  const data = requireTag(tbs, TAG.sequence, 'the response data');
  const fields = readChildren(data);
  const [responder, producedAt, list, extensionsWrapper] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  requireTag(producedAt, TAG.generalizedTime, 'the production time');
  const statements = readChildren(requireTag(list, TAG.sequence, 'the list of statements'));
  if (statements.length > MAX_STATEMENTS) throw new DerError(`more than ${MAX_STATEMENTS} statements`);
  const extensions = extensionsWrapper ? readExtensions(readWrapped(extensionsWrapper)) : null;
  return {
    tbs: encodingOf(data),
    signatureAlgorithm: readSignatureAlgorithm(algorithm),
    signature: readBitStringBytes(signature, 'the signature'),
    responder: readResponder(responder),
    statements: statements.map(readStatement),
    certificates: certificates ? readCertificates(certificates) : [],
    nonce: extensions?.extensions.find(({ oid }) => oid === NONCE)?.value ?? null,
    unhandledExtensions: extensions?.unhandledExtensions.filter((oid) => oid !== NONCE) ?? [],
  };
}

function readResponder(element: DerElement | undefined): BasicOcspResponse['responder'] {
  if (element?.tag === 0xa1) return { name: readName(readWrapped(element), 'responder') };
  const key = readWrapped(requireTag(element, 0xa2, 'the responder'));
  return { keyHash: contentOf(requireTag(key, TAG.octetString, "the responder's key hash")) };
}

function readStatement(element: DerElement): OcspStatement {
  const [id, status, thisUpdate, ...optional] = readChildren(
    requireTag(element, TAG.sequence, 'a statement'),
  );
  const nextUpdate = optional.find(({ tag }) => tag === 0xa0);
  const extensions = optional.find(({ tag }) => tag === 0xa1);
  return {
    id: readOcspCertificateId(id),
    ...readStatus(status),
    thisUpdate: requireTime(thisUpdate, 'thisUpdate'),
    nextUpdate: nextUpdate ? requireTime(readWrapped(nextUpdate), 'nextUpdate') : null,
    unhandledExtensions: extensions ? readExtensions(readWrapped(extensions)).unhandledExtensions : [],
  };
}

function readStatus(element: DerElement | undefined): Pick<OcspStatement, 'status' | 'revokedAt' | 'reason'> {
  switch (element?.tag) {
    case 0x80:
      return { status: 'good', revokedAt: null, reason: null };
    case 0x82:
      return { status: 'unknown', revokedAt: null, reason: null };
    case 0xa1: {
      const [time, wrapper] = readChildren(element);
      const reason = wrapper?.tag === 0xa0 ? readWrapped(wrapper) : null;
      return {
        status: 'revoked',
        revokedAt: time ? readTime(time, 'the revocation time') : null,
        reason: reason === null ? null : readRevocationReason(reason),
      };
    }
    default:
      throw new DerError('a statement has no status');
  }
}

function requireTime(element: DerElement | undefined, what: string): number {
  const time = element && readTime(element, what);
  if (time === undefined || time === null) throw new DerError(`${what} cannot be read as a time`);
  return time;
}

function readCertificates(wrapper: DerElement): readonly Uint8Array[] {
  const list = requireTag(readWrapped(wrapper), TAG.sequence, 'the list of certificates');
  return readChildren(list).slice(0, MAX_CERTIFICATES).map(encodingOf);
}
