import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../model/finding.js';
import { UsageError } from '../../model/usage-error.js';
import { starttlsProtocols } from '../../probe/starttls-protocols.js';
import { MAX_WORKERS } from '../../scan/engine/choose-workers.js';
import { resolveExcludes } from '../../scan/resolve-excludes.js';
import { resolveProxy } from '../../scan/resolve-proxy.js';
import {
  DEPTHS,
  HANDSHAKES,
  MAX_CONCURRENCY,
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_RETRIES,
  MAX_SILENT_PORTS,
  SAVE_MODES,
  type ScanDefinition,
} from '../../scan/scan-definition.js';
import { SPEEDS } from '../../scan/speed.js';
import { openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { formatImportFormats } from '../../targets/find-import-format.js';
import { type Plan, planFrom } from '../../targets/plan.js';
import { formatPortLists } from '../../targets/port-lists.js';
import { selectFromPlan } from '../../targets/select-from-plan.js';
import { askPasswords } from '../ask-passwords.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { findResumable } from '../find-resumable.js';
import { gatherTargets } from '../gather-targets.js';
import { listKnownTargets, needsKnownTargets } from '../list-known-targets.js';
import { duration } from '../options/duration.js';
import { moment } from '../options/moment.js';
import { nameSources } from '../options/name-sources.js';
import { namedFile } from '../options/named-file.js';
import { positiveNumber } from '../options/positive-number.js';
import { quietHours } from '../options/quiet-hours.js';
import { repeated } from '../options/repeated.js';
import { wholeNumber } from '../options/whole-number.js';
import { formatPlan } from '../print/plan.js';
import { readDefinition } from '../read-definition.js';
import { readJudgeContext } from '../read-judge-context.js';
import { runAndReport } from '../run-and-report.js';
import { definitionFromFlags, type ScanFlags } from '../scan-flags.js';
import { selectKnown } from '../select-known.js';

const PROTOCOLS = [...starttlsProtocols.values()];

/** `certsweep scan`: expand, probe, judge, store. */
export const scanCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('scan')
      .description('expand targets, probe every endpoint, judge the certificates and store the results')
      .argument(
        '[target...]',
        'addresses, CIDR blocks, ranges, host names, URLs, name@address; each perhaps :port',
      )
      .option('-p, --ports <list>', 'ports, ranges, port/protocol and named lists (default: 443)')
      .option('-x, --exclude <target>', 'never touch these; repeatable', repeated)
      .option(
        '-f, --targets-file <file>',
        'read targets from a file: text, CSV, JSON lines, or what another scanner wrote (below); - is standard input; repeatable',
        repeated,
      )
      .option('--exclude-file <file>', 'read excludes from a file; repeatable', repeated)
      .option(
        '--server-name <name>',
        'send this name (SNI) to every target without one; repeatable',
        repeated,
      )
      .option(
        '--names <list>',
        'where an address is reached without a name, try also its forward-confirmed reverse name (ptr), the alternative names of its certificate (san), or those and the common name (cert); an observation each',
        nameSources,
      )
      .option(
        '--proxy <host:port>',
        'connect through this HTTP proxy (CONNECT); names are resolved here and, unless addresses are excluded, by the proxy where they are not known here',
      )
      .option('--definition <file>', 'read a scan definition (YAML); options given here override it')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .addOption(
        new Option(
          '--save <mode>',
          'merge: add to what the inventory holds; replace: put this run in place of all others, once it is complete and not before (default: merge)',
        ).choices([...SAVE_MODES]),
      )
      .addOption(
        new Option('--speed <pace>', 'how hard to work (default: normal)').choices(Object.keys(SPEEDS)),
      )
      .option('--concurrency <count>', 'endpoints in flight at once', wholeNumber(1, MAX_CONCURRENCY))
      .option(
        '--per-address <count>',
        'of these, at one address; one with --depth posture',
        wholeNumber(1, MAX_CONCURRENCY),
      )
      .option(
        '--per-subnet <count>',
        'of these, in one subnet: an IPv4 /24 or an IPv6 /64',
        wholeNumber(1, MAX_CONCURRENCY),
      )
      .option('--rate <count>', 'new endpoints a second', positiveNumber)
      .option('--timeout <ms>', 'the most time that one endpoint may take', wholeNumber(1, 600_000))
      .option(
        '--retries <count>',
        'how often an endpoint is tried again that hung up without a word, or whose name no server resolved in time; the silent are not',
        wholeNumber(0, MAX_RETRIES),
      )
      .option(
        '--give-up-after <count>',
        'probe no more ports of an address when so many were silent and none answered; they are stored as cancelled (default: probe all)',
        wholeNumber(1, MAX_SILENT_PORTS),
      )
      .option('--only-new', 'leave out what the inventory has ever observed')
      .option(
        '--older-than <age>',
        'leave out what was observed less than 30m, 36h, 7d or 2w ago; without targets: visit what is known to have a certificate',
        duration,
      )
      .option(
        '--expiring-first',
        'visit what is known to have a certificate first, the soonest to expire before the others; without targets: only that',
      )
      .option(
        '--not-between <hours>',
        'begin nothing in these hours of local time: 08:00-18:00, "mon-fri 22:00-06:00"; repeatable',
        quietHours,
      )
      .option(
        '--workers <count>',
        'threads that probe and judge, 0: the main thread does it all (default: one for each core, eight at most; 0 for small plans)',
        wholeNumber(0, MAX_WORKERS),
      )
      .addOption(
        new Option(
          '--depth <depth>',
          'certificate: the chain alone; posture: also versions, suites and groups, with some forty connections and up to five times --timeout (default: certificate)',
        ).choices([...DEPTHS]),
      )
      .option(
        '--connections-per-address <count>',
        'connections open to one address at a time with --depth posture (default: 4)',
        wholeNumber(1, MAX_CONNECTIONS_PER_ADDRESS),
      )
      .addOption(
        new Option(
          '--handshake <kind>',
          'hello: stop at the certificate; full: complete it, proving that the server holds the key (default: hello)',
        ).choices([...HANDSHAKES]),
      )
      .option(
        '--trust-store <name=file>',
        'CA certificates to trust besides those of Mozilla: a file, a folder, or "system"; repeatable',
        namedFile,
      )
      .option('--password-file <file>', 'the password of trust stores in PKCS#12: its first line')
      .option('--password-env <name>', 'the environment variable that holds this password')
      .option('--no-default-trust', 'do not trust the CAs of Mozilla')
      .option('--policy <file>', 'severities and thresholds (YAML)')
      .option(
        '--weak-keys <file>',
        'RSA keys known to be weak, a line each, as openssl-blacklist has them; repeatable',
        repeated,
      )
      .option(
        '--fetch-issuers',
        'fetch certificates that servers do not send from where those that they send say (AIA); contacts third parties',
      )
      .option(
        '--revocation',
        'ask whether certificates were revoked: the OCSP responders and revocation lists that they name. This contacts third parties, straight also with --proxy. Without it, stapled responses alone are heard',
      )
      .option(
        '--fetch-private',
        'fetch also from addresses that are not of the public Internet, such as those of a CA inside',
      )
      .option('--now <iso>', 'judge as of this moment', moment)
      .option('--seed <text>', 'the order in which endpoints are visited (default: random)')
      .option('--resume [run]', 'go on with an interrupted run, the last one unless named')
      .option('--dry-run', 'tell the plan and its size; opens no socket')
      .option(
        '--ndjson',
        'write observations to standard output, a JSON object a line, and the summary nowhere',
      )
      .option('--quiet', 'no progress and no summary')
      .option('--no-progress', 'no progress')
      .addOption(
        new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above this').choices([
          ...SEVERITIES,
        ]),
      )
      .addHelpText('after', `\nPort lists:\n${indent(formatPortLists())}`)
      .addHelpText('after', `\nFiles of other scanners:\n${indent(formatImportFormats())}`)
      .addHelpText('after', `\nPaces:\n${indent(formatSpeeds())}`)
      .action(async (targets: readonly string[], flags: ScanFlags) => {
        exit(await runScanCommand(targets, flags));
      });
  },
};

async function runScanCommand(args: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  const resumed = flags.resume === undefined ? null : await findResumable(flags, args);
  const stored = resumed?.definition ?? (flags.definition ? await readDefinition(flags.definition) : {});
  const definition = definitionFromFlags(stored, flags);
  refuseLosses(definition);
  const known = needsKnownTargets(args, definition) ? await listKnownTargets(flags.db) : [];
  const { targets, tagged, excludes, ports, notes } = await gatherTargets(
    [...args, ...known],
    definition,
    PROTOCOLS,
  );
  if (!flags.quiet) for (const note of notes) process.stderr.write(`certsweep: ${note}\n`);
  const spec = {
    targets,
    excludes,
    ports,
    serverNames: definition.serverNames ?? [],
    seed: definition.seed ?? randomBytes(4).toString('hex'),
    protocols: PROTOCOLS,
  };
  const context = await readJudgeContext(definition, flags.now ?? new Date(), await askPasswords(flags));
  if (flags.dryRun) {
    process.stdout.write(formatPlan(await choosePlan(flags, planFrom(spec), definition)));
    return 0;
  }
  // Refuses what cannot work before any name is looked up.
  planFrom(spec);
  const resolved = await resolveExcludes(excludes);
  for (const name of resolved.unknownNames) {
    process.stderr.write(`certsweep: the exclude ${name} has no address: only the name itself is excluded\n`);
  }
  const whole = planFrom({ ...spec, excludes: resolved.excludes });
  const proxy = definition.proxy === undefined ? null : await resolveProxy(definition.proxy);
  const inventory = openInventory(flags.db, { create: resumed === null });
  try {
    const selection = resumed
      ? await inventory.planSelection(resumed.run)
      : await selectKnown(inventory, whole, definition, flags.now ?? new Date());
    const plan = selection === null ? whole : selectFromPlan(whole, selection);
    if (plan.size === 0) {
      const left = `the inventory knows all ${whole.size.toLocaleString('en-US')} endpoints of the plan well enough`;
      if (!flags.quiet) process.stderr.write(`certsweep: nothing to scan: ${left}\n`);
      return EXIT_CODES.done;
    }
    return await runAndReport({
      context,
      definition,
      flags,
      inventory,
      plan,
      tagged,
      selection,
      proxy,
      resumedRun: resumed?.run ?? null,
    });
  } finally {
    await inventory.close();
  }
}

/** What is left out because it is known would be lost. */
function refuseLosses({ olderThan, onlyNew, save }: ScanDefinition): void {
  if (save !== 'replace' || (!onlyNew && olderThan === undefined)) return;
  throw new UsageError(
    `--save replace puts this run in place of all others, and ${onlyNew ? '--only-new' : '--older-than'} leaves out what they have observed: leave out one of them`,
  );
}

/** The part of a plan that would be visited; nothing is opened where that does not go by what is known. */
async function choosePlan(flags: ScanFlags, whole: Plan, definition: ScanDefinition): Promise<Plan> {
  const { expiringFirst, olderThan, onlyNew } = definition;
  if (!expiringFirst && !onlyNew && olderThan === undefined) return whole;
  const inventory = openInventory(flags.db, { readOnly: true });
  try {
    const selection = await selectKnown(inventory, whole, definition, flags.now ?? new Date());
    return selection === null ? whole : selectFromPlan(whole, selection);
  } finally {
    await inventory.close();
  }
}

function formatSpeeds(): string {
  return Object.entries(SPEEDS)
    .map(([name, { concurrency, connectTimeout, limits, perAddress, perSubnet, ratePerSecond, retries }]) => {
      const rate = ratePerSecond === null ? 'no limit of rate' : `${ratePerSecond} new a second`;
      const { leastMs, mostMs } = connectTimeout;
      const lines = [
        `${name.padEnd(6)}  ${concurrency} in flight (${perAddress} at one address, ${perSubnet} in a subnet), ${rate},`,
        `${leastMs / 1000} to ${mostMs / 1000} s to connect, as the network answers, ${limits.timeoutMs / 1000} s in all, ${retries} ${retries === 1 ? 'retry' : 'retries'}`,
      ];
      return lines.join('\n        ');
    })
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
