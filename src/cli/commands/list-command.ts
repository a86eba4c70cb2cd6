import { Argument, type Command } from 'commander';
import { formatEndpoint } from '../../model/endpoint.js';
import { UsageError } from '../../model/usage-error.js';
import { describePath } from '../../report/describe-path.js';
import { type Inventory, openInventory } from '../../store/inventory.js';
import { CERTIFICATE_SORT_KEYS } from '../../store/list-certificates.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { RECORD_SORT_KEYS } from '../../store/record-query.js';
import type { CommandModule } from '../command-module.js';
import { findRun } from '../find-run.js';
import { wholeNumber } from '../options/whole-number.js';
import { parseSort } from '../parse-sort.js';
import { formatFindingIds } from '../print/finding-ids.js';
import { formatTable, type TableColumn } from '../print/table.js';

interface ListFlags {
  readonly db: string;
  readonly run?: string;
  readonly outcomes?: true;
  readonly sort?: string;
  readonly limit: number;
}

/** Rows shown unless asked otherwise: what one can still look through. */
const DEFAULT_LIMIT = 500;

/** A table in the making. */
interface Listing {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
}

const LISTINGS = {
  certificates: listCertificates,
  endpoints: listEndpoints,
  runs: listRuns,
} as const;

/** `certsweep list`: what the inventory holds, as a table. */
export const listCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('list')
      .description('show what the inventory holds, as a table')
      .addArgument(new Argument('[what]', 'what to list').choices(Object.keys(LISTINGS)).default('endpoints'))
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--run <id>', 'one run, or last (default: what is known last of each endpoint)')
      .option('--outcomes', 'also endpoints that gave no certificate')
      .option('--sort <list>', 'keys to sort by; -key descends')
      .option('--limit <count>', 'no more rows than this', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
      .addHelpText(
        'after',
        `\nSort keys of endpoints: ${RECORD_SORT_KEYS.join(', ')}\nSort keys of certificates: ${CERTIFICATE_SORT_KEYS.join(', ')}`,
      )
      .action(async (what: keyof typeof LISTINGS, flags: ListFlags) => {
        const inventory = openInventory(flags.db, { readOnly: true });
        try {
          const { columns, rows } = await LISTINGS[what](inventory, flags);
          process.stdout.write(
            rows.length === 0 ? `no ${what}\n` : `${formatTable(columns, rows.slice(0, flags.limit))}\n`,
          );
          if (rows.length > flags.limit)
            process.stdout.write(`… and more: --limit ${flags.limit * 10} shows them\n`);
        } finally {
          await inventory.close();
        }
      });
  },
};

async function listEndpoints(inventory: Inventory, flags: ListFlags): Promise<Listing> {
  const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, RECORD_SORT_KEYS);
  const rows: string[][] = [];
  const records = inventory.records({
    withOutcomes: flags.outcomes ?? false,
    limit: flags.limit + 1,
    ...(flags.run !== undefined && { run: await findRun(inventory, flags.run) }),
    ...(sort && { sort }),
  });
  for await (const { certificate, endpoint, failure, findings, grade, outcome, path, status } of records) {
    rows.push([
      formatEndpoint(endpoint),
      status,
      grade ?? '',
      day(certificate?.notAfter),
      certificate?.commonName ?? '',
      describePath(path) ?? '',
      failure === null ? formatFindingIds(findings) : `${outcome}: ${failure.detail}`,
    ]);
  }
  return {
    columns: [
      { title: 'Endpoint', maxWidth: 60 },
      { title: 'Status' },
      { title: 'Grade' },
      { title: 'Expires' },
      { title: 'Common Name', maxWidth: 32 },
      { title: 'Path' },
      { title: 'Findings', maxWidth: 80 },
    ],
    rows,
  };
}

async function listCertificates(inventory: Inventory, flags: ListFlags): Promise<Listing> {
  if (flags.outcomes)
    throw new UsageError('--outcomes is about endpoints: certsweep list endpoints --outcomes');
  const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, CERTIFICATE_SORT_KEYS);
  const rows: string[][] = [];
  const certificates = inventory.certificates({
    limit: flags.limit + 1,
    ...(flags.run !== undefined && { run: await findRun(inventory, flags.run) }),
    ...(sort && { sort }),
  });
  for await (const { certificate, endpoints, firstSeen } of certificates) {
    rows.push([
      certificate.commonName ?? certificate.subjectAltNames[0] ?? certificate.subject,
      day(certificate.notAfter),
      certificate.issuer,
      `${certificate.keyType}${certificate.keyBits === null ? '' : ` ${certificate.keyBits}`}`,
      certificate.signatureAlgorithm,
      String(endpoints),
      day(firstSeen),
      certificate.fingerprintSha256.slice(0, 16),
    ]);
  }
  return {
    columns: [
      { title: 'Common Name', maxWidth: 40 },
      { title: 'Expires' },
      { title: 'Issuer', maxWidth: 40 },
      { title: 'Key' },
      { title: 'Signature' },
      { title: 'Endpoints', align: 'right' },
      { title: 'First Seen' },
      { title: 'Fingerprint' },
    ],
    rows,
  };
}

async function listRuns(inventory: Inventory, flags: ListFlags): Promise<Listing> {
  if (flags.sort ?? flags.outcomes ?? flags.run) {
    throw new UsageError('list runs takes no --sort, --outcomes or --run: the latest run comes first');
  }
  const runs = await inventory.runs();
  return {
    columns: [
      { title: 'Run' },
      { title: 'Started' },
      { title: 'Ended' },
      { title: 'State' },
      { title: 'Plan', align: 'right' },
      { title: 'Outcomes', maxWidth: 80 },
    ],
    rows: runs.map((run) => [
      run.id,
      second(run.startedAt),
      second(run.endedAt),
      run.state,
      String(run.planSize),
      Object.entries(run.counts)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(', '),
    ]),
  };
}

function day(time: string | null | undefined): string {
  return time?.slice(0, 10) ?? '';
}

function second(time: string | null): string {
  return time?.slice(0, 19).replace('T', ' ') ?? '';
}
