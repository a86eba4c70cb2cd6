import { readNameAttribute } from './name-attribute.js';

/** The organisation behind a CA where its name (RFC 4514) tells it, else the CA's own name. */
export function nameAuthority(issuer: string): string {
  return readNameAttribute(issuer, 'O') ?? readNameAttribute(issuer, 'CN') ?? issuer;
}
