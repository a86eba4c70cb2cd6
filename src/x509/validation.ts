import type { Validation } from '../model/certificate.js';
import { EV_POLICIES } from './ev-policies.js';

/** Policies that the CA/Browser Forum reserved (BR 7.1.6.1); a validated person counts like an organization. */
const RESERVED: readonly (readonly [oid: string, validation: Validation])[] = [
  ['2.23.140.1.2.2', 'OV'],
  ['2.23.140.1.2.3', 'OV'],
  ['2.23.140.1.2.1', 'DV'],
];

/** Tells by the policies in a certificate how thoroughly its CA says that it checked the subject. */
export function readValidation(policies: readonly string[]): Validation {
  if (policies.some((policy) => EV_POLICIES.has(policy))) return 'EV';
  return RESERVED.find(([oid]) => policies.includes(oid))?.[1] ?? 'Unknown';
}
