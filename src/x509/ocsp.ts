import { hash } from 'node:crypto';
import { checkAnswerWindow } from './answer-window.js';
import { parseCertificate } from './certificate.js';
import { DerError } from './der-error.js';
import { isSameName } from './name.js';
import { isOcspCertificateId } from './ocsp-certificate-id.js';
import { type BasicOcspResponse, type OcspResponse, readOcspResponse } from './ocsp-response.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { faultyAnswer, type RevocationAnswer, type RevocationQuestion } from './revocation-answer.js';
import { isSignatureBy, isSignedBy } from './signed-by.js';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/**
 * Reads an OCSP response and verifies that it answers the question (RFC 6960, section 3.2): signed by the issuer or by a
 * responder that the issuer certified for it, about this certificate, and fresh. `nonce` is what the request held: a
 * response that holds another does not count, one without does, as stored responses have none.
 *
 * Why no look at the revocation of a delegated responder: the certificates of nearly all say that there is none to look
 * at (id-pkix-ocsp-nocheck, RFC 6960, section 4.2.2.2.1), and live for weeks.
 */
export function readOcsp(
  der: Uint8Array,
  question: RevocationQuestion,
  nonce?: Uint8Array,
): RevocationAnswer {
  try {
    return answer(readOcspResponse(der), question, nonce);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return faultyAnswer('malformed', `it is no OCSP response that can be read: ${error.message}`);
  }
}

function answer(
  { error, basic }: OcspResponse,
  question: RevocationQuestion,
  nonce: Uint8Array | undefined,
): RevocationAnswer {
  if (error !== null) return faultyAnswer('responder-error', `the responder reports ${error}`);
  const { certificate, issuer, now } = question;
  const matches = basic.statements.filter(({ id }) => isOcspCertificateId(id, certificate, issuer));
  const [statement] = matches.sort((a, b) => b.thisUpdate - a.thisUpdate);
  if (statement === undefined) return faultyAnswer('wrong-certificate', 'it is about another certificate');
  const misfit = findSignerFault(basic, question);
  if (misfit !== null) return faultyAnswer('wrong-signer', misfit);
  const [unhandled] = [...basic.unhandledExtensions, ...statement.unhandledExtensions];
  if (unhandled !== undefined) {
    return faultyAnswer(
      'unsupported',
      `its extension ${unhandled} must be heeded, and is unknown or malformed`,
    );
  }
  if (nonce !== undefined && basic.nonce !== null && !isNonce(basic.nonce, nonce)) {
    return faultyAnswer('wrong-certificate', 'it answers another request: its nonce differs');
  }
  const { status, revokedAt, reason, thisUpdate, nextUpdate } = statement;
  const stale = checkAnswerWindow(statement, now);
  if (stale !== null) return stale;
  if (status !== 'revoked') return { status, thisUpdate, nextUpdate };
  return { status, at: revokedAt, reason, thisUpdate, nextUpdate };
}

/** RFC 9654, section 2.1: wrapped in an OCTET STRING of its own, though older software sends it bare. */
function isNonce(received: Uint8Array, sent: Uint8Array): boolean {
  return Buffer.compare(received, sent) === 0 || Buffer.compare(received.subarray(2), sent) === 0;
}

/** Says why nobody with the right to answer has signed (RFC 6960, section 4.2.2.2); null: somebody has. */
function findSignerFault(basic: BasicOcspResponse, { issuer, now }: RevocationQuestion): string | null {
  const sentAlong = basic.certificates.flatMap(readCertificate);
  const candidates = [issuer, ...sentAlong];
  const named = candidates.filter((candidate) => isResponder(candidate, basic));
  // A responder that names itself wrongly is still known by its key.
  const signer = (named.length > 0 ? named : candidates).find(
    ({ publicKey }) => isSignatureBy(basic, publicKey) === true,
  );
  if (signer === undefined) return 'its signature is neither by the issuer nor by a responder sent along';
  if (signer.facts.spkiSha256 === issuer.facts.spkiSha256) return null;
  const fault = findDelegationFault(signer, issuer, now);
  return fault && `it is signed by a responder ${fault}`;
}

function readCertificate(der: Uint8Array): readonly ParsedCertificate[] {
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return [];
  }
}

function isResponder({ subject, publicKey }: ParsedCertificate, { responder }: BasicOcspResponse): boolean {
  if ('name' in responder) return isSameName(subject, responder.name);
  return Buffer.compare(responder.keyHash, hash('sha1', publicKey.bytes, 'buffer')) === 0;
}

/** What is wrong with a responder's certificate; null: nothing. */
function findDelegationFault(
  responder: ParsedCertificate,
  issuer: ParsedCertificate,
  now: number,
): string | null {
  const { notBefore, notAfter, keyUsage, extendedKeyUsage, unhandledExtensions } = responder;
  if (!isSameName(responder.issuer, issuer.subject) || isSignedBy(responder, issuer.publicKey) !== true)
    return 'that the issuer did not certify';
  if (extendedKeyUsage?.includes(OCSP_SIGNING) !== true)
    return 'whose certificate does not allow signing OCSP responses';
  if (keyUsage !== null && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation'))
    return 'whose certificate does not allow digital signatures';
  if (unhandledExtensions.length > 0)
    return `whose certificate has the extension ${unhandledExtensions[0]}, which must be heeded and cannot be`;
  if (notBefore === null || notAfter === null || now < notBefore || notAfter < now)
    return 'whose certificate is not valid now';
  return null;
}
