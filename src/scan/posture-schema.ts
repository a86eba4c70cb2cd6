import { z } from 'zod';
import { type Posture, TLS_VERSIONS } from '../model/posture.js';

/** Entries of one list: TLS has 65,536 numbers for suites, and servers accept some hundred. */
const MOST_ENTRIES = 65_536;

/** Characters of one name. */
const MOST_LETTERS = 65_536;

const text = z.string().max(MOST_LETTERS);
const texts = z.array(text).max(MOST_ENTRIES);
const answer = z.boolean().nullable();
const version = z.enum(TLS_VERSIONS);
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How a server is set up, as records in JSON have it. */
export const postureSchema: z.ZodType<Posture> = z.object({
  complete: z.boolean(),
  reason: text.nullable(),
  connections: count,
  versions: z.record(version, answer),
  cipherSuites: z
    .array(
      z.object({
        version,
        order: z.enum(['server', 'client']).nullable(),
        names: texts,
        complete: z.boolean(),
      }),
    )
    .max(MOST_ENTRIES),
  groups: z.array(z.object({ version, names: texts, complete: z.boolean() })).max(MOST_ENTRIES),
  ephemeralKeys: z
    .array(
      z.object({
        kind: z.enum(['dh', 'rsa-export']),
        bits: count,
        name: text.nullable(),
        safePrime: answer,
        cipherSuite: text,
      }),
    )
    .max(MOST_ENTRIES),
  compression: answer,
  secureRenegotiation: answer,
  fallbackScsv: answer,
  extendedMasterSecret: answer,
  encryptThenMac: answer,
  heartbeat: answer,
  ocspStapling: answer,
  alpn: texts.nullable(),
  certificates: z
    .array(z.object({ authentication: text.nullable(), chain: z.array(sha256).max(MOST_ENTRIES) }))
    .max(MOST_ENTRIES),
  unknown: z.record(text, text),
});
