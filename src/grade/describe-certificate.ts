import type { ParsedCertificate } from '../x509/parsed-certificate.js';

/** Long enough for any honest name; a hostile one of many kilobytes must not fill reports. */
const MAXIMUM_TEXT_LENGTH = 120;

/** Names a certificate in a message: its subject, or its serial number when the subject is empty. */
export function describeCertificate(certificate: ParsedCertificate): string {
  const { subject, serialNumber } = certificate.facts;
  return subject === '' ? `the certificate with serial number ${shorten(serialNumber)}` : shorten(subject);
}

/** Names the issuer that a certificate asks for. */
export function describeIssuer(certificate: ParsedCertificate): string {
  return certificate.facts.issuer === '' ? 'an issuer without a name' : shorten(certificate.facts.issuer);
}

/** Cuts peer-controlled text to a length that fits a message. */
export function shorten(text: string): string {
  if (text.length <= MAXIMUM_TEXT_LENGTH) return text;
  // Array.from would walk the whole text; a surrogate pair cut in half is mended instead.
  return `${text.slice(0, MAXIMUM_TEXT_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
