import { z } from 'zod';
import { SEVERITIES } from '../model/finding.js';
import { LETTERS } from '../model/grades.js';
import { STATUSES } from '../model/judgement.js';
import { OUTCOMES } from '../model/outcome.js';
import { PATH_STATUSES } from '../model/path.js';
import { postureSchema } from './posture-schema.js';

/** Characters of one text: a greeting, a message or a name has some hundred, and hostile ones have been cut before. */
const MOST_LETTERS = 65_536;

/** Entries of one list: names of a certificate, findings, certificates of a path. */
const MOST_ENTRIES = 10_000;

/** The longest chains that servers send have some ten certificates. */
const MOST_CERTIFICATES = 100;

const text = z.string().max(MOST_LETTERS);
const maybeText = text.nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const hex = z
  .string()
  .max(MOST_LETTERS)
  .regex(/^(?:[0-9a-f]{2})*$/);
const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());
const count = z.int().min(0);
const texts = z.array(text).max(MOST_ENTRIES);

const certificate = z.object({
  fingerprintSha256: sha256,
  commonName: maybeText,
  subject: text,
  issuer: text,
  subjectAltNames: texts,
  serialNumber: hex,
  notBefore: time.nullable(),
  notAfter: time.nullable(),
  keyType: text,
  keyBits: count.nullable(),
  signatureAlgorithm: text,
  validation: z.enum(['EV', 'OV', 'DV', 'Unknown']),
  spkiSha256: z.union([sha256, z.literal('')]),
});

const finding = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  severity: z.enum(SEVERITIES),
  subject: sha256.nullable(),
  message: text,
  advice: text,
  citation: text,
  waived: z.object({ owner: text, reason: text, until: time }).optional(),
});

const letter = z.enum(LETTERS);

const grades = z.object({
  ruleSet: text,
  certificate: letter.nullable(),
  configuration: letter.nullable(),
  complete: z.boolean(),
  scores: z
    .object({ protocol: z.number(), keyExchange: z.number(), cipher: z.number(), total: z.number() })
    .nullable(),
  reasons: z
    .array(
      z.object({
        part: z.enum(['certificate', 'configuration']),
        rule: text,
        cap: letter,
        message: text,
        citation: text,
      }),
    )
    .max(MOST_ENTRIES),
});

/** A line of NDJSON: what `scan --ndjson` and `export --format ndjson` write. Keys that came later may be absent. */
export const observationRecordSchema = z.object({
  observedAt: time,
  endpoint: z.object({
    host: text,
    address: maybeText,
    port: z.int(),
    protocol: text,
    serverName: maybeText,
  }),
  outcome: z.enum(OUTCOMES),
  failure: z
    .object({
      stage: z.enum(['resolve', 'connect', 'starttls', 'handshake', 'judge']),
      code: text,
      detail: text,
    })
    .nullable(),
  greeting: maybeText.optional(),
  plaintextAfterGoAhead: maybeText.optional(),
  handshake: z
    .object({
      version: text,
      cipherSuite: maybeText,
      group: maybeText,
      compression: maybeText,
      presentedChain: z.array(sha256).max(MOST_CERTIFICATES),
      stapledOcsp: maybeText,
    })
    .nullable(),
  certificate: certificate.nullable(),
  path: z.object({
    status: z.enum(PATH_STATUSES),
    trustStores: texts,
    certificates: z.array(sha256).max(MOST_CERTIFICATES),
    reason: maybeText,
  }),
  posture: postureSchema.nullable().optional(),
  findings: z.array(finding).max(MOST_ENTRIES),
  status: z.enum(STATUSES),
  grade: letter.nullable(),
  grades: grades.nullable().optional(),
});

/** A record as it was read. */
export type ReadObservationRecord = z.output<typeof observationRecordSchema>;
