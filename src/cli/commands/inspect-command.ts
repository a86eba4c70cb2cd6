import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../model/finding.js';
import { UsageError } from '../../model/usage-error.js';
import { readHostName } from '../../targets/host-name.js';
import { isProblem } from '../../targets/problem.js';
import { readIpAddress } from '../../x509/ip-address.js';
import { askPasswords } from '../ask-passwords.js';
import type { ExitCode } from '../exit-codes.js';
import { INSPECT_FORMS, type InspectFlags } from '../inspect-flags.js';
import { moment } from '../options/moment.js';
import { namedFile } from '../options/named-file.js';
import { repeated } from '../options/repeated.js';
import { STANDARD_INPUT } from '../read-input.js';
import { readJudgeContext } from '../read-judge-context.js';
import { runInspect } from '../run-inspect.js';

/** `certsweep inspect`: judges certificates on disk. */
export const inspectCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('inspect')
      .description('judge certificates, chain files, signing requests, key pairs and trust stores on disk')
      .argument('<file...>', 'PEM, DER, PKCS#7 or PKCS#12 files; - is standard input')
      .addOption(
        new Option(
          '--as <form>',
          "chain: each file is a server's chain file; trust-store: each is a list of CAs to trust",
        )
          .choices([...INSPECT_FORMS])
          .default('chain'),
      )
      .option('--host <name>', 'judge each file as the chain of a server called that')
      .option(
        '--trust-store <name=file>',
        'CA certificates to trust besides those of Mozilla: a file, a folder, or "system"; repeatable',
        namedFile,
      )
      .option('--no-default-trust', 'do not trust the CAs of Mozilla')
      .option('--password-file <file>', 'the password of PKCS#12 files and encrypted keys: its first line')
      .option('--password-env <name>', 'the environment variable that holds this password')
      .option('--policy <file>', 'severities and thresholds (YAML)')
      .option(
        '--weak-keys <file>',
        'RSA keys known to be weak, a line each, as openssl-blacklist has them; repeatable',
        repeated,
      )
      .option('--now <iso>', 'judge as of this moment', moment)
      .option('--json', 'write a JSON array, an element for each file')
      .addOption(
        new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above this').choices([
          ...SEVERITIES,
        ]),
      )
      .addHelpText(
        'after',
        '\nA file that cannot be read does not stop the others: inspect then exits with 3, or with 2 when it was\n' +
          'so with all of them. Of private keys it says to which certificates they belong, and nothing else.',
      )
      .action(async (files: readonly string[], flags: InspectFlags) => {
        exit(await runInspectCommand(files, flags));
      });
  },
};

async function runInspectCommand(files: readonly string[], flags: InspectFlags): Promise<ExitCode> {
  const isPiped = files.includes(STANDARD_INPUT);
  if (files.filter((file) => file === STANDARD_INPUT).length > 1)
    throw new UsageError('standard input (-) can be read only once');
  const host = flags.host === undefined ? undefined : readHost(flags.host);
  if (host !== undefined && flags.as === 'trust-store')
    throw new UsageError('--host: a trust store is no chain of a server; leave one of --host and --as out');
  const passwords = await askPasswords(flags, isPiped);
  const { defaultTrust, policy, trustStore, weakKeys } = flags;
  const context = await readJudgeContext(
    {
      // An audit asks no other store.
      defaultTrust: defaultTrust && flags.as === 'chain',
      ...(trustStore && { trustStores: trustStore }),
      ...(policy !== undefined && { policy }),
      ...(weakKeys && { weakKeys }),
    },
    flags.now ?? new Date(),
    passwords,
  );
  return runInspect(files, { ...context, ...(host !== undefined && { host }) }, passwords, flags);
}

function readHost(text: string): string {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  if (readIpAddress(address) !== null) return address;
  const name = readHostName(text);
  if (isProblem(name)) throw new UsageError(`--host: ${JSON.stringify(text)} ${name.problem}`);
  return name;
}
