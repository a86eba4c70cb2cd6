import { z } from 'zod';
import { UsageError } from '../model/usage-error.js';
import { parseDuration } from '../targets/parse-duration.js';
import { MAX_WORKERS } from './engine/choose-workers.js';
import { NAME_SOURCES } from './name-finder.js';
import { parseQuietHours } from './pace/quiet-hours.js';
import { SPEEDS, type Speed } from './speed.js';

/** The most endpoints in flight: beyond this one process runs out of ports and file descriptors, not of ambition. */
export const MAX_CONCURRENCY = 20_000;

/** As many ports as there are. */
export const MAX_SILENT_PORTS = 65_535;

/** Whoever was too busy ten times, the last of them half a minute after the one before, stays so. */
export const MAX_RETRIES = 10;

/** More than these at once no client opens; a server would take it for an attack. */
export const MAX_CONNECTIONS_PER_ADDRESS = 64;

/** The longest that one endpoint may take: ten minutes. */
const MAX_TIMEOUT_MS = 600_000;

/** How much is asked of each endpoint: `certificate` its chain, `posture` also its versions, suites and groups. */
export const DEPTHS = ['certificate', 'posture'] as const;

/** What becomes of the runs before: `merge` joins them, `replace` puts the new one in their place once it is complete. */
export const SAVE_MODES = ['merge', 'replace'] as const;

/** How far a handshake goes: `hello` to the certificate, `full` to the end. */
export const HANDSHAKES = ['hello', 'full'] as const;

const text = (what: string) => z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` });

/** One text, or a list of them. */
const texts = (what: string) =>
  z.union([text(what).transform((one) => [one]), z.array(text(what))], {
    error: `must be ${what}, or a list of them`,
  });

const NAME_SOURCE = z.enum(NAME_SOURCES, { error: `must be one of ${NAME_SOURCES.join(', ')}` });

const SPEED_NAMES = Object.keys(SPEEDS) as [Speed, ...Speed[]];

/** The keys of a scan definition, with what each takes. */
export const SCAN_DEFINITION_SHAPE = {
  targets: texts('a target such as 10.0.0.0/24 or mail.example.org').optional(),
  targetsFile: texts('the path of a file of targets').optional(),
  exclude: texts('a target that is not to be touched').optional(),
  excludeFile: texts('the path of a file of excludes').optional(),
  ports: z
    .union(
      [
        z.int().transform(String),
        texts('ports such as 443, 8000-8100, 25/smtp or web').transform((all) => all.join(' ')),
      ],
      {
        error: 'must be ports such as 443, 8000-8100, 25/smtp or web',
      },
    )
    .optional(),
  serverNames: texts('a server name').optional(),
  speed: z.enum(SPEED_NAMES, { error: `must be one of ${SPEED_NAMES.join(', ')}` }).optional(),
  concurrency: wholeNumber(1, MAX_CONCURRENCY).optional(),
  rate: z.number({ error: 'must be a number above 0' }).positive({ error: 'must be above 0' }).optional(),
  timeout: wholeNumber(1, MAX_TIMEOUT_MS).optional(),
  perAddress: wholeNumber(1, MAX_CONCURRENCY).optional(),
  perSubnet: wholeNumber(1, MAX_CONCURRENCY).optional(),
  retries: wholeNumber(0, MAX_RETRIES).optional(),
  giveUpAfter: wholeNumber(1, MAX_SILENT_PORTS).optional(),
  onlyNew: z.boolean({ error: 'must be true or false' }).optional(),
  olderThan: text('a duration such as 7d')
    .superRefine((each, context) => {
      const problem = findProblem(() => parseDuration(each, 'olderThan'));
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  expiringFirst: z.boolean({ error: 'must be true or false' }).optional(),
  notBetween: texts('hours in which nothing is scanned, such as "mon-fri 08:00-18:00"')
    .superRefine((all, context) => {
      const problem = findProblem(() => {
        for (const each of all) parseQuietHours(each);
        parseQuietHours(all.join('; '));
      });
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  workers: wholeNumber(0, MAX_WORKERS).optional(),
  connectionsPerAddress: wholeNumber(1, MAX_CONNECTIONS_PER_ADDRESS).optional(),
  depth: z.enum(DEPTHS, { error: `must be one of ${DEPTHS.join(', ')}` }).optional(),
  handshake: z.enum(HANDSHAKES, { error: `must be one of ${HANDSHAKES.join(', ')}` }).optional(),
  trustStores: z.record(z.string(), text('the path of a file of CA certificates')).optional(),
  defaultTrust: z.boolean({ error: 'must be true or false' }).optional(),
  policy: text('the path of a policy file').optional(),
  revocation: z.boolean({ error: 'must be true or false' }).optional(),
  weakKeys: texts('the path of a list of weak keys').optional(),
  fetchIssuers: z.boolean({ error: 'must be true or false' }).optional(),
  fetchPrivate: z.boolean({ error: 'must be true or false' }).optional(),
  names: z
    .union([NAME_SOURCE.transform((one) => [one]), z.array(NAME_SOURCE)], {
      error: `must be one of ${NAME_SOURCES.join(', ')}, or a list of them`,
    })
    .optional(),
  proxy: text('the host and port of an HTTP proxy, such as proxy.example:3128').optional(),
  seed: text('any text').optional(),
  tags: z
    .record(text('a tag'), texts('a target such as 10.0.0.0/24 or mail.example.org'), {
      error: 'must hold tags, each with the targets that it goes to',
    })
    .optional(),
  save: z.enum(SAVE_MODES, { error: `must be one of ${SAVE_MODES.join(', ')}` }).optional(),
} as const;

/** What people write in `scans/*.yaml`, and what is kept with each run. */
export const scanDefinitionSchema = z.strictObject(SCAN_DEFINITION_SHAPE, {
  error: (issue) =>
    issue.code === 'invalid_type' ? 'must hold keys and values, such as "ports: web"' : undefined,
});

/** A scan as it is asked for: targets, ports, pace, and what to judge by. */
export type ScanDefinition = z.output<typeof scanDefinitionSchema>;

/** What the user is told to be wrong when something is read; null: nothing. */
function findProblem(read: () => void): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}
