import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../model/finding.js';
import { UsageError } from '../../model/usage-error.js';
import { resolveMx } from '../../probe/resolve-mx.js';
import { starttlsProtocols } from '../../probe/starttls-protocols.js';
import { listCheckEntries, MAX_CHECK_ENTRIES } from '../../scan/check-entries.js';
import { type MailPlan, makeMailPlan } from '../../scan/mail-plan.js';
import { DEPTHS } from '../../scan/scan-definition.js';
import { openInventory } from '../../store/inventory.js';
import { readHostName } from '../../targets/host-name.js';
import { parsePorts } from '../../targets/parse-ports.js';
import { parseTargets } from '../../targets/parse-targets.js';
import { isProblem } from '../../targets/problem.js';
import { askPasswords } from '../ask-passwords.js';
import type { CheckFlags } from '../check-flags.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { moment } from '../options/moment.js';
import { nameServer } from '../options/name-server.js';
import { namedFile } from '../options/named-file.js';
import { repeated } from '../options/repeated.js';
import { wholeNumber } from '../options/whole-number.js';
import { readJudgeContext } from '../read-judge-context.js';
import { runCheck } from '../run-check.js';
import { watchSignals } from '../watch-signals.js';

const PROTOCOLS = [...starttlsProtocols.values()];

const DEFAULT_PORTS = '443';

/** Where mail servers take mail from each other. */
const MAIL_PORTS = '25/smtp';

/** Patient: a check is about few servers, and mail servers may keep a stranger waiting before they greet. */
const TIMEOUT_MS = 20_000;

/** The longest that a connection may take to come about; whoever wants it longer raises the timeout. */
const CONNECT_TIMEOUT_MS = 5000;

/** `certsweep check`: one deep, explained health check each. */
export const checkCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('check')
      .description('check a few endpoints thoroughly and explain what is wrong; stores nothing unless --db')
      .argument(
        '[target...]',
        'addresses, host names, URLs, name@address; each perhaps :port or :port/protocol',
      )
      .option(
        '-p, --ports <list>',
        `ports, ranges, port/protocol (default: ${DEFAULT_PORTS}; for --mx ${MAIL_PORTS})`,
      )
      .option(
        '--server-name <name>',
        'send this name (SNI) to every target without one; repeatable',
        repeated,
      )
      .option('--mx <domain>', 'check the servers that take mail for this domain; repeatable', repeated)
      .option(
        '--dns <server[:port]>',
        'name server to ask for MX records and the mail hosts in them',
        nameServer,
      )
      .addOption(
        new Option('--depth <depth>', 'certificate: the chain alone; posture: also versions, suites, groups')
          .choices([...DEPTHS])
          .default('posture'),
      )
      .option(
        '--timeout <ms>',
        `the most time that one step may take (default: ${TIMEOUT_MS})`,
        wholeNumber(1, 600_000),
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
        'ask whether certificates were revoked: the OCSP responders and revocation lists that they name. This contacts third parties. Without it, stapled responses alone are heard',
      )
      .option(
        '--fetch-private',
        'fetch also from addresses that are not of the public Internet, such as those of a CA inside',
      )
      .option('--now <iso>', 'judge as of this moment', moment)
      .option('--json', 'write a JSON array, an element for each endpoint or mail domain')
      .option('--db <file>', 'also store what was found in this inventory')
      .addOption(
        new Option(
          '--fail-on <severity>',
          'exit with 1 when a finding is at or above this, with 3 when an endpoint had no certificate to check',
        ).choices([...SEVERITIES]),
      )
      .addHelpText(
        'after',
        '\nAn endpoint that cannot be reached is a result like any other: without --fail-on, check exits with 0.\n' +
          `At most ${MAX_CHECK_ENTRIES} endpoints; certsweep scan is made for more.`,
      )
      .action(async (targets: readonly string[], flags: CheckFlags) => {
        exit(await runCheckCommand(targets, flags));
      });
  },
};

async function runCheckCommand(args: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const domains = [...new Set((flags.mx ?? []).map(readDomain))];
  if (args.length === 0 && domains.length === 0) {
    throw new UsageError(
      'no targets: name some (certsweep check www.example.org mail.example.org:25), or a domain with --mx',
    );
  }
  const options = { source: '--ports', protocols: PROTOCOLS };
  const spec = {
    targets: args.flatMap((text, index) =>
      parseTargets({ text, source: `argument ${index + 1}`, isFile: false }, { protocols: PROTOCOLS }),
    ),
    ports: parsePorts(flags.ports ?? DEFAULT_PORTS, options),
    serverNames: flags.serverName ?? [],
    protocols: PROTOCOLS,
  };
  const mailPorts = parsePorts(flags.ports ?? MAIL_PORTS, options);
  if (args.length > 0) listCheckEntries(spec);
  const { defaultTrust, policy, trustStore, weakKeys } = flags;
  const context = await readJudgeContext(
    {
      defaultTrust,
      ...(trustStore && { trustStores: trustStore }),
      ...(policy !== undefined && { policy }),
      ...(weakKeys && { weakKeys }),
    },
    flags.now ?? new Date(),
    await askPasswords(flags),
  );
  const timeoutMs = flags.timeout ?? TIMEOUT_MS;
  const limits = { timeoutMs, connectTimeoutMs: Math.min(timeoutMs, CONNECT_TIMEOUT_MS) };
  const stopper = new AbortController();
  const stopWatching = watchSignals(stopper);
  try {
    const { signal } = stopper;
    const mail: MailPlan[] = await Promise.all(
      domains.map(async (domain) => {
        const servers = flags.dns === undefined ? {} : { servers: [flags.dns] };
        return makeMailPlan(await resolveMx(domain, { ...servers, timeoutMs, signal }), mailPorts);
      }),
    );
    if (signal.aborted) return EXIT_CODES.interrupted;
    const inventory = flags.db === undefined ? null : openInventory(flags.db, { create: true });
    try {
      return await runCheck({ spec, mail, context, limits, flags, inventory, signal });
    } finally {
      await inventory?.close();
    }
  } finally {
    stopWatching();
  }
}

function readDomain(text: string): string {
  const name = readHostName(text);
  if (isProblem(name)) throw new UsageError(`--mx: ${JSON.stringify(text)} ${name.problem}`);
  return name;
}
