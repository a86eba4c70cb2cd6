import { type Command, Option } from 'commander';
import { UsageError } from '../../model/usage-error.js';
import { openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import type { ExitCode } from '../exit-codes.js';
import { findShown } from '../find-shown.js';
import { moment } from '../options/moment.js';
import { namedFile } from '../options/named-file.js';
import { wholeNumber } from '../options/whole-number.js';
import { showCertificate } from '../show-certificate.js';
import { showEndpoint } from '../show-endpoint.js';
import type { ShowFlags } from '../show-flags.js';

/** Lines of history, endpoints and chains unless asked otherwise: what one can still look through. */
const DEFAULT_LIMIT = 20;

/** `certsweep show`: one endpoint or one certificate of the inventory, whole, with its history. */
export const showCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('show')
      .description('show one endpoint or certificate of the inventory, whole, with its history')
      .argument(
        '<what>',
        'an endpoint (host:port, name@address:port/protocol, or a part that no other has), or a fingerprint (SHA-256, or its beginning)',
      )
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .addOption(new Option('--json', 'write all of it as one JSON object').conflicts(['pem', 'fixedChain']))
      .addOption(
        new Option(
          '--pem',
          'write the certificate, or the chain that the endpoint presents, as PEM',
        ).conflicts('fixedChain'),
      )
      .option(
        '--fixed-chain',
        'write the chain file that the server ought to have, as PEM: its certificate, then each issuer, the root left out; exits with 3 when a certificate is not at hand',
      )
      .option(
        '--limit <count>',
        'no more lines of history, endpoints or chains than this',
        wholeNumber(1, 1_000_000),
        DEFAULT_LIMIT,
      )
      .option(
        '--trust-store <name=file>',
        'explain by these CA certificates besides those of the run and of Mozilla; repeatable',
        namedFile,
      )
      .option('--no-default-trust', 'do not trust the CAs of Mozilla')
      .option('--policy <file>', 'explain by this policy (YAML; default: the policy of the run)')
      .option('--now <iso>', 'explain as of this moment (default: that of the observation)', moment)
      .action(async (what: string, flags: ShowFlags) => {
        exit(await runShow(what, flags));
      });
  },
};

async function runShow(what: string, flags: ShowFlags): Promise<ExitCode> {
  const inventory = openInventory(flags.db, { readOnly: true });
  try {
    const shown = await findShown(inventory, what);
    if (shown.kind === 'endpoint') return await showEndpoint(inventory, shown.endpoint, flags);
    if (flags.fixedChain) {
      throw new UsageError(
        `--fixed-chain is about an endpoint, and ${what} is a certificate: certsweep show ${what} tells where it is`,
      );
    }
    return await showCertificate(inventory, shown.fingerprint, flags);
  } finally {
    await inventory.close();
  }
}
