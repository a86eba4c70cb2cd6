import { REVOCATION_REASONS, type RevocationReason } from '../model/revocation.js';
import { readEnumerated } from './der/enumerated.js';
import type { DerElement } from './der.js';

/** Reads a CRLReason (RFC 5280, section 5.3.1); null: a number that stands for none. */
export function readRevocationReason(element: DerElement | undefined): RevocationReason | null {
  return REVOCATION_REASONS[readEnumerated(element, 'the reason')] ?? null;
}
