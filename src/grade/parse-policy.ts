import { z } from 'zod';
import { SEVERITIES } from '../model/finding.js';
import { readCheckedYaml } from './checked-yaml.js';
import { EXPIRY_SHAPE, expiryWindows } from './expiry-windows.js';
import { listRules } from './list-rules.js';
import { DEFAULT_EXPIRY_DAYS, DEFAULT_POLICY, type Policy } from './policy.js';
import { FINGERPRINT, patterns, WAIVER_SCHEMA, WAIVER_SHAPE } from './waiver-schema.js';

/** The largest RSA modulus that OpenSSL takes. */
const MAXIMUM_RSA_BITS = 16_384;
/** P-521, the largest curve that TLS knows. */
const MAXIMUM_EC_BITS = 521;

const FINDING_LEVELS = [...SEVERITIES, 'off'] as const;
const findingLevel = z
  .enum(FINDING_LEVELS, { error: `must be one of ${FINDING_LEVELS.join(', ')}` })
  .optional();

const KEYS_KEYS = {
  rsaMinimumBits: wholeNumber(0, MAXIMUM_RSA_BITS).optional(),
  ecMinimumBits: wholeNumber(0, MAXIMUM_EC_BITS).optional(),
};

const FINDING_KEYS = Object.fromEntries(listRules().map(({ id }) => [id, findingLevel]));

const APPROVED_CAS_KEYS = {
  issuers: patterns('a pattern of names of CAs, such as "CN=Corp Issuing CA*"').optional(),
  fingerprints: z.array(FINGERPRINT, { error: 'must be a list of SHA-256 fingerprints' }).optional(),
};

const NAMES_KEYS = {
  forbidden: patterns('a pattern of names, such as "*.test.example"').optional(),
  required: patterns('a pattern of names, such as "*.corp.example"').optional(),
};

const POLICY_KEYS = {
  expiring: expiryWindows(DEFAULT_EXPIRY_DAYS).nullish(),
  keys: section(KEYS_KEYS),
  publicTrustStores: z
    .array(z.string({ error: 'must be the name of a trust store' }), {
      error: 'must be a list of trust store names, such as [mozilla]',
    })
    .optional(),
  demandAddressNames: z.boolean({ error: 'must be true or false' }).optional(),
  approvedCas: section(APPROVED_CAS_KEYS),
  names: section(NAMES_KEYS),
  findings: section(FINDING_KEYS),
  waivers: z
    .array(WAIVER_SCHEMA, { error: 'must be a list of waivers, each beginning with a dash' })
    .nullish(),
};

const POLICY_SCHEMA = z.strictObject(POLICY_KEYS, { error: sayWhatIsHeld });

/**
 * Reads a policy from YAML; what it does not mention stays as in the default policy. Throws a UsageError that names
 * `place` (the file), the line, and the fix.
 */
export function parsePolicy(yamlText: string, place: string): Policy {
  const parsed = readCheckedYaml(yamlText, place, POLICY_SCHEMA, { what: 'a policy', knownKeys });
  const { approvedCas, expiring, keys, publicTrustStores, demandAddressNames, findings, names } = parsed;
  return {
    expiring: expiring ?? DEFAULT_POLICY.expiring,
    keys: {
      rsaMinimumBits: keys?.rsaMinimumBits ?? DEFAULT_POLICY.keys.rsaMinimumBits,
      ecMinimumBits: keys?.ecMinimumBits ?? DEFAULT_POLICY.keys.ecMinimumBits,
    },
    publicTrustStores: publicTrustStores ?? DEFAULT_POLICY.publicTrustStores,
    demandAddressNames: demandAddressNames ?? DEFAULT_POLICY.demandAddressNames,
    approvedCas: approvedCas
      ? { issuers: approvedCas.issuers ?? [], fingerprints: approvedCas.fingerprints ?? [] }
      : DEFAULT_POLICY.approvedCas,
    names: {
      forbidden: names?.forbidden ?? DEFAULT_POLICY.names.forbidden,
      required: names?.required ?? DEFAULT_POLICY.names.required,
    },
    findings: withoutAbsent(findings ?? {}),
    waivers: parsed.waivers ?? DEFAULT_POLICY.waivers,
  };
}

function knownKeys(sectionName: string | undefined): string[] {
  switch (sectionName) {
    case 'expiring':
      return Object.keys(EXPIRY_SHAPE);
    case 'keys':
      return Object.keys(KEYS_KEYS);
    case 'approvedCas':
      return Object.keys(APPROVED_CAS_KEYS);
    case 'names':
      return Object.keys(NAMES_KEYS);
    case 'findings':
      return Object.keys(FINDING_KEYS);
    case 'waivers':
      return Object.keys(WAIVER_SHAPE);
    default:
      return Object.keys(POLICY_KEYS);
  }
}

function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, { error: sayWhatIsHeld }).nullish();
}

function sayWhatIsHeld(issue: { readonly code?: string | undefined }): string | undefined {
  return issue.code === 'invalid_type' ? 'must hold keys and values, such as "days: 30"' : undefined;
}

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function withoutAbsent<Value>(record: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const present: Record<string, Value> = {};
  for (const [key, value] of Object.entries(record)) if (value !== undefined) present[key] = value;
  return present;
}
