import { hash } from 'node:crypto';

/** SHA-256 of bytes as lower-case hex: the name by which certificates and keys are known everywhere. */
export function fingerprint(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
