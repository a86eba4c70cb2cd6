import { readPem } from '../x509/pem.js';
import type { Refuse } from './foreign-source.js';

/** The longest chains that servers send have some ten certificates; what sends more has something else in mind. */
const MAX_CHAIN = 100;

/** The largest certificates, of hundreds of names, take some 60 KB; TLS could carry 16 MB. */
const MAX_DER_BYTES = 1024 * 1024;

/** Reads a certificate in PEM, also where its lines were joined with blanks. */
export function readToldPem(text: string, fail: Refuse): Uint8Array {
  const block = readPem(text).find(({ label }) => label.endsWith('CERTIFICATE'));
  return block ? checkToldDer(block.der, fail) : fail('has a certificate that is no PEM');
}

/** Reads a certificate in base64. */
export function readToldBase64(text: string, fail: Refuse): Uint8Array {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return fail('has a certificate that is no base64');
  return checkToldDer(Uint8Array.from(Buffer.from(text, 'base64')), fail);
}

/** Holds the length of a chain to what a server can mean. */
export function checkToldChain<Item>(chain: readonly Item[], fail: Refuse): readonly Item[] {
  if (chain.length > MAX_CHAIN) return fail(`has a chain of more than ${MAX_CHAIN} certificates`);
  return chain;
}

function checkToldDer(der: Uint8Array, fail: Refuse): Uint8Array {
  if (der.length === 0) return fail('has an empty certificate');
  if (der.length > MAX_DER_BYTES) return fail(`has a certificate of more than ${MAX_DER_BYTES} bytes`);
  return der;
}
