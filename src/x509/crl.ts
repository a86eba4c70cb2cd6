import { checkAnswerWindow } from './answer-window.js';
import { type CrlEntries, readCrlEntries } from './crl-entries.js';
import { type CrlScope, readCrlScope } from './crl-scope.js';
import { readBitStringBytes } from './der/bit-string.js';
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
import { type Extensions, NO_EXTENSIONS, readExtensions } from './extensions.js';
import { isSameName, readName } from './name.js';
import type { DistinguishedName, Extension } from './parsed-certificate.js';
import { readPem } from './pem.js';
import {
  type AnswerWindow,
  faultyAnswer,
  type RevocationAnswer,
  type RevocationQuestion,
} from './revocation-answer.js';
import { readRevocationReason } from './revocation-reason.js';
import { minimiseSerialNumber, readSerialNumber } from './serial-number.js';
import { readSignatureAlgorithm } from './signature-algorithm.js';
import { isSignatureBy, type SignatureVerdict, type Signed } from './signed-by.js';

/** A certificate revocation list (RFC 5280, section 5), not yet verified. Byte arrays are views of what was read. */
export interface Crl extends Signed, AnswerWindow {
  readonly issuer: DistinguishedName;
  readonly entries: CrlEntries;
  /** Null: the list speaks of all that its issuer issues. */
  readonly scope: CrlScope | null;
  /** Whether it tells only what changed since another list (RFC 5280, section 5.2.4). */
  readonly isDelta: boolean;
  /** OIDs of extensions that must be heeded and cannot be. */
  readonly unhandledExtensions: readonly string[];
}

/** The largest lists in use have some 30 MB; a million entries take that much. */
export const MAX_CRL_BYTES = 33_554_432;

const DELTA_CRL_INDICATOR = '2.5.29.27';
const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';
const REASON_CODE = '2.5.29.21';

const PEM_BEGINNING = Buffer.from('-----BEGIN ');

/** Reads a revocation list, DER or PEM; throws DerError where it cannot be read. */
export function readCrl(bytes: Uint8Array): Crl {
  if (bytes.length > MAX_CRL_BYTES)
    throw new DerError(`a list of ${bytes.length} bytes, more than ${MAX_CRL_BYTES}`);
  const list = requireTag(readDer(withoutArmour(bytes)), TAG.sequence, 'the revocation list');
  const [tbs, algorithm, signature] = readChildren(list);
  const fields = readChildren(requireTag(tbs, TAG.sequence, 'the signed part'));
  const hasVersion = fields[0]?.tag === TAG.integer;
  const [, issuer, thisUpdate, ...optional] = hasVersion ? fields.slice(1) : fields;
  const nextUpdate = optional.find(({ tag }) => tag === TAG.utcTime || tag === TAG.generalizedTime);
  const entries = optional.find(({ tag }) => tag === TAG.sequence);
  const wrapper = optional.find(({ tag }) => tag === 0xa0);
  const { extensions, unhandledExtensions } = wrapper ? readExtensions(readWrapped(wrapper)) : NO_EXTENSIONS;
  const point = extensions.find(({ oid }) => oid === ISSUING_DISTRIBUTION_POINT);
  return {
    tbs: tbs ? encodingOf(tbs) : bytes,
    signatureAlgorithm: readSignatureAlgorithm(algorithm),
    signature: readBitStringBytes(signature, 'the signature'),
    issuer: readName(issuer, 'issuer'),
    thisUpdate: requireTime(thisUpdate, 'thisUpdate'),
    nextUpdate: nextUpdate ? requireTime(nextUpdate, 'nextUpdate') : null,
    entries: readCrlEntries(entries ? contentOf(entries) : new Uint8Array(0)),
    scope: point ? readCrlScope(point.value) : null,
    isDelta: extensions.some(({ oid }) => oid === DELTA_CRL_INDICATOR),
    unhandledExtensions: unhandledExtensions.filter(
      (oid) => oid !== ISSUING_DISTRIBUTION_POINT && oid !== DELTA_CRL_INDICATOR,
    ),
  };
}

/**
 * Says what a list says of a certificate (RFC 5280, section 6.3.3), once it is found to be signed by the certificate's
 * issuer, to be fresh, and to speak of such certificates at all.
 *
 * Indirect lists, which answer for other issuers than their own, and delta lists, which need the list that they amend,
 * are refused: public CAs use neither, and half an answer must not look like a whole one.
 */
export function askCrl(crl: Crl, question: RevocationQuestion): RevocationAnswer {
  try {
    const fault = findSignerFault(crl, question) ?? findScopeFault(crl, question);
    if (fault !== null) return fault;
    const serialNumber = minimiseSerialNumber(readSerialNumber(question.certificate));
    const answer = readAnswer(crl, crl.entries.find(serialNumber));
    const stale = checkAnswerWindow(crl, question.now);
    if (stale === null) return answer;
    return answer.status === 'revoked'
      ? { ...stale, why: `${stale.why}, though it lists the certificate` }
      : stale;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return faultyAnswer('malformed', `its entry cannot be read: ${error.message}`);
  }
}

/** Some CAs publish PEM, whatever RFC 5280, section 4.2.1.13, says. */
function withoutArmour(bytes: Uint8Array): Uint8Array {
  const beginning = bytes.subarray(0, PEM_BEGINNING.length);
  if (Buffer.compare(beginning, PEM_BEGINNING) !== 0) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return readPem(text).find(({ label }) => label === 'X509 CRL')?.der ?? bytes;
}

function requireTime(element: DerElement | undefined, what: string): number {
  const time = element && readTime(element, what);
  if (time === undefined || time === null) throw new DerError(`${what} cannot be read as a time`);
  return time;
}

/** Verdicts by key: one list is asked about thousands of certificates, and may have megabytes to digest. */
const verdicts = new WeakMap<Crl, Map<string, SignatureVerdict>>();

function findSignerFault(crl: Crl, { certificate, issuer }: RevocationQuestion): RevocationAnswer | null {
  if (!isSameName(crl.issuer, certificate.issuer)) {
    return faultyAnswer('wrong-signer', "it is another issuer's list");
  }
  if (issuer.keyUsage !== null && !issuer.keyUsage.has('cRLSign')) {
    return faultyAnswer('wrong-signer', "the issuer's key usage does not allow signing revocation lists");
  }
  const known = verdicts.get(crl) ?? new Map<string, SignatureVerdict>();
  verdicts.set(crl, known);
  const keyId = issuer.facts.spkiSha256;
  const verdict = known.get(keyId) ?? isSignatureBy(crl, issuer.publicKey);
  known.set(keyId, verdict);
  if (verdict === true) return null;
  if (verdict === false)
    return faultyAnswer('wrong-signer', 'its signature does not verify with the key of the issuer');
  return faultyAnswer(
    'unsupported',
    `its signature algorithm ${crl.signatureAlgorithm.name} cannot be verified here`,
  );
}

/** RFC 5280, section 6.3.3 (b). */
function findScopeFault(crl: Crl, { certificate }: RevocationQuestion): RevocationAnswer | null {
  const { scope, isDelta, unhandledExtensions } = crl;
  if (isDelta) return faultyAnswer('unsupported', 'it is a delta list, which only tells what has changed');
  const [unhandled] = unhandledExtensions;
  if (unhandled !== undefined) {
    return faultyAnswer(
      'unsupported',
      `its extension ${unhandled} must be heeded, and is unknown or malformed`,
    );
  }
  if (scope === null) return null;
  if (scope.isIndirect)
    return faultyAnswer('unsupported', 'it is an indirect list, which answers for other issuers');
  if (scope.onlySomeReasons) return faultyAnswer('unsupported', 'it lists revocations for some reasons only');
  if (scope.onlyAttributeCertificates) {
    return faultyAnswer('wrong-certificate', 'it is for attribute certificates only');
  }
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope.onlyUserCertificates && isCa) {
    return faultyAnswer('wrong-certificate', 'it is for certificates of end entities only');
  }
  if (scope.onlyCaCertificates && !isCa) {
    return faultyAnswer('wrong-certificate', 'it is for certificates of CAs only');
  }
  // Whoever answers for a plain-text URL could else hand over another part of the issuer's lists, validly signed.
  if (scope.urls !== null && !scope.urls.some((url) => certificate.crlUrls.includes(url))) {
    return faultyAnswer(
      'wrong-certificate',
      'it is for another distribution point than those that the certificate names',
    );
  }
  return null;
}

/** Revoked by any entry but one that lifts an earlier hold (RFC 5280, section 5.3.1). */
function readAnswer({ thisUpdate, nextUpdate }: Crl, found: readonly Uint8Array[]): RevocationAnswer {
  for (const entry of found) {
    const [, date, list] = readChildren(readDer(entry));
    const { extensions, unhandledExtensions }: Extensions = list ? readExtensions(list) : NO_EXTENSIONS;
    const [unhandled] = unhandledExtensions.filter((oid) => oid !== REASON_CODE);
    if (unhandled !== undefined) {
      return faultyAnswer(
        'unsupported',
        `the extension ${unhandled} of its entry must be heeded and cannot be`,
      );
    }
    const reason = readReason(extensions);
    if (reason === 'removeFromCRL') continue;
    const at = date ? readTime(date, 'the revocation date') : null;
    return { status: 'revoked', at, reason, thisUpdate, nextUpdate };
  }
  return { status: 'good', thisUpdate, nextUpdate };
}

function readReason(extensions: readonly Extension[]): ReturnType<typeof readRevocationReason> {
  const extension = extensions.find(({ oid }) => oid === REASON_CODE);
  return extension ? readRevocationReason(readDer(extension.value)) : null;
}
