import { Argument, type Command } from 'commander';
import type { CertificateRecord } from '../../model/certificate-record.js';
import { formatEndpoint } from '../../model/endpoint.js';
import type { InventoryRecord } from '../../model/inventory-record.js';
import { UsageError } from '../../model/usage-error.js';
import { fieldsOf } from '../../query/find-field.js';
import { CERTIFICATE_COLUMNS, MOST_DEPLOYMENTS } from '../../report/certificate-columns.js';
import { COLUMNS } from '../../report/columns.js';
import { describePath } from '../../report/describe-path.js';
import { selectColumns, selectFrom } from '../../report/select-columns.js';
import { type Inventory, openInventory } from '../../store/inventory.js';
import { CERTIFICATE_SORT_KEYS } from '../../store/list-certificates.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { RECORD_SORT_KEYS } from '../../store/record-query.js';
import type { CommandModule } from '../command-module.js';
import { findRun } from '../find-run.js';
import { listCoverage } from '../list-coverage.js';
import { listOverview } from '../list-overview.js';
import { moment } from '../options/moment.js';
import { wholeNumber } from '../options/whole-number.js';
import { parseSort } from '../parse-sort.js';
import { parseWhere } from '../parse-where.js';
import { formatColumnCell, toTableColumns } from '../print/column-cell.js';
import { formatFindingIds } from '../print/finding-ids.js';
import { formatRunOrigin } from '../print/run-origin.js';
import { formatRunState } from '../print/run-state.js';
import { formatTable, type TableColumn } from '../print/table.js';

interface ListFlags {
  readonly db: string;
  readonly run?: string;
  readonly outcomes?: true;
  readonly where?: string;
  readonly fields?: string;
  readonly sort?: string;
  readonly limit: number;
  readonly overview?: true;
  readonly json?: true;
  readonly now?: Date;
}

/** Rows shown unless asked otherwise: what one can still look through. */
const DEFAULT_LIMIT = 500;

/** A table in the making. */
interface Listing {
  readonly columns: readonly TableColumn[];
  /** Reads the rows, one more than are shown. */
  readonly rows: (inventory: Inventory) => Promise<readonly (readonly string[])[]>;
}

/** Each understands its flags before anything is opened. */
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
      .addArgument(
        new Argument('[what]', 'what to list')
          .choices([...Object.keys(LISTINGS), 'coverage'])
          .default('endpoints'),
      )
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--run <id>', 'one run, or last (default: what is known last of each endpoint)')
      .option('--outcomes', 'also endpoints that gave no certificate')
      .option('--where <query>', 'only what matches: "expires < 30d and issuer ~ digicert"')
      .option('--fields <list>', 'columns to show, in this order')
      .option('--sort <list>', 'keys to sort by; -key descends')
      .option('--limit <count>', 'no more rows than this', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
      .option(
        '--overview',
        'all there is on one page: the last scan, certificates by time left, key, CA, the latest runs',
      )
      .option('--json', 'of coverage and the overview: JSON in place of tables')
      .option('--now <iso>', 'count days left, and times in --where, from this moment', moment)
      .addHelpText('after', describeNames)
      .action(async (what: keyof typeof LISTINGS | 'coverage', flags: ListFlags, command: Command) => {
        if (flags.overview) {
          process.stdout.write(await listOverview(command.args, flags));
          return;
        }
        if (what === 'coverage') return printCoverage(flags);
        if (flags.json) throw new UsageError(`list ${what} takes no --json: see certsweep export`);
        const { columns, rows: readRows } = await LISTINGS[what](flags, flags.now ?? new Date());
        const inventory = openInventory(flags.db, { readOnly: true });
        try {
          const rows = await readRows(inventory);
          process.stdout.write(
            rows.length === 0
              ? `no ${what}${describeOmission(what, flags)}\n`
              : `${formatTable(columns, rows.slice(0, flags.limit))}\n`,
          );
          if (rows.length > flags.limit)
            process.stdout.write(`… and more: --limit ${flags.limit * 10} shows them\n`);
        } finally {
          await inventory.close();
        }
      });
  },
};

async function printCoverage(flags: ListFlags): Promise<void> {
  const other = (['sort', 'outcomes', 'where', 'fields'] as const).find((flag) => flags[flag] !== undefined);
  if (other !== undefined) throw new UsageError(`list coverage takes no --${other}`);
  const inventory = openInventory(flags.db, { readOnly: true });
  try {
    process.stdout.write(await listCoverage(inventory, flags));
  } finally {
    await inventory.close();
  }
}

/** Who asks for outcomes and sees none has asked among certificates alone. */
function describeOmission(what: keyof typeof LISTINGS, { where, outcomes }: ListFlags): string {
  return what === 'endpoints' && where !== undefined && !outcomes
    ? ' that gave a certificate; --outcomes looks among the others too'
    : '';
}

function describeNames(): string {
  return `
Of endpoints:
  Fields: ${joinIds(COLUMNS)}
  Fields of queries: ${joinIds(fieldsOf('endpoints'))}
  Sort keys: ${RECORD_SORT_KEYS.join(', ')}
Of certificates:
  Fields: ${joinIds(CERTIFICATE_COLUMNS)}
  Fields of queries: ${joinIds(fieldsOf('certificates'))}
  Sort keys: ${CERTIFICATE_SORT_KEYS.join(', ')}

Queries are explained in docs/query.md.`;
}

function joinIds(named: readonly { readonly id: string }[]): string {
  return named.map(({ id }) => id).join(', ');
}

async function listEndpoints(flags: ListFlags, now: Date): Promise<Listing> {
  const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, RECORD_SORT_KEYS);
  const matching = flags.where === undefined ? undefined : await parseWhere(flags.where, 'endpoints', now);
  const chosen = flags.fields === undefined ? undefined : selectColumns(flags.fields);
  return {
    columns: chosen
      ? toTableColumns(chosen)
      : [
          { title: 'Endpoint', maxWidth: 60 },
          { title: 'Status' },
          { title: 'Grade' },
          { title: 'Expires' },
          { title: 'Common Name', maxWidth: 32 },
          { title: 'Path' },
          { title: 'Findings', maxWidth: 80 },
        ],
    rows: async (inventory) => {
      const rows: string[][] = [];
      const records = inventory.records({
        withOutcomes: flags.outcomes ?? false,
        now,
        limit: flags.limit + 1,
        ...(flags.run !== undefined && { run: await findRun(inventory, flags.run) }),
        ...(matching && { matching }),
        ...(sort && { sort }),
      });
      for await (const record of records)
        rows.push(
          chosen?.map(({ value, type }) => formatColumnCell(value(record, now), type)) ?? toRow(record),
        );
      return rows;
    },
  };
}

function toRow(record: InventoryRecord): string[] {
  const { certificate, endpoint, failure, findings, grade, outcome, path, status } = record;
  const remarks = failure === null ? formatFindingIds(findings) : `${outcome}: ${failure.detail}`;
  return [
    formatEndpoint(endpoint),
    status,
    grade ?? '',
    day(certificate?.notAfter),
    certificate?.commonName ?? '',
    describePath(path) ?? '',
    [...describeState(record), remarks].filter((text) => text !== '').join('; '),
  ];
}

/** That the certificate shown is not what was found last; nothing where it is. */
function describeState({ lastScan, observedAt, state, stateSince }: InventoryRecord): string[] {
  const isPast = lastScan > observedAt && (state === 'gone' || state === 'unreachable');
  return isPast ? [`${state} since ${day(stateSince)}`] : [];
}

async function listCertificates(flags: ListFlags, now: Date): Promise<Listing> {
  if (flags.outcomes)
    throw new UsageError('--outcomes is about endpoints: certsweep list endpoints --outcomes');
  const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, CERTIFICATE_SORT_KEYS);
  const matching = flags.where === undefined ? undefined : await parseWhere(flags.where, 'certificates', now);
  const chosen = flags.fields === undefined ? undefined : selectFrom(CERTIFICATE_COLUMNS, flags.fields);
  return {
    columns: chosen
      ? toTableColumns(chosen)
      : [
          { title: 'Common Name', maxWidth: 40 },
          { title: 'Expires' },
          { title: 'Issuer', maxWidth: 40 },
          { title: 'Key' },
          { title: 'Signature' },
          { title: 'Endpoints', align: 'right' },
          { title: 'First Seen' },
          { title: 'Fingerprint' },
        ],
    rows: async (inventory) => {
      const rows: string[][] = [];
      const certificates = inventory.certificates({
        limit: flags.limit + 1,
        ...(chosen?.some(({ id }) => id === 'deployments') && { maxDeployments: MOST_DEPLOYMENTS }),
        ...(flags.run !== undefined && { run: await findRun(inventory, flags.run) }),
        ...(matching && { matching }),
        ...(sort && { sort }),
      });
      for await (const record of certificates)
        rows.push(
          chosen?.map(({ value, type }) => formatColumnCell(value(record, now), type)) ??
            toCertificateRow(record),
        );
      return rows;
    },
  };
}

function toCertificateRow({ certificate, endpoints, firstSeen }: CertificateRecord): string[] {
  return [
    certificate.commonName ?? certificate.subjectAltNames[0] ?? certificate.subject,
    day(certificate.notAfter),
    certificate.issuer,
    `${certificate.keyType}${certificate.keyBits === null ? '' : ` ${certificate.keyBits}`}`,
    certificate.signatureAlgorithm,
    String(endpoints),
    day(firstSeen),
    certificate.fingerprintSha256.slice(0, 16),
  ];
}

async function listRuns(flags: ListFlags): Promise<Listing> {
  const other = (['sort', 'outcomes', 'run', 'where', 'fields'] as const).find(
    (flag) => flags[flag] !== undefined,
  );
  if (other !== undefined) throw new UsageError(`list runs takes no --${other}: the latest run comes first`);
  return {
    columns: [
      { title: 'Run' },
      { title: 'Started' },
      { title: 'Ended' },
      { title: 'State' },
      { title: 'Origin', maxWidth: 40 },
      { title: 'Plan', align: 'right' },
      { title: 'Outcomes', maxWidth: 80 },
    ],
    rows: async (inventory) =>
      (await inventory.runs()).map((run) => [
        run.id,
        second(run.startedAt),
        second(run.endedAt),
        formatRunState(run),
        formatRunOrigin(run),
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
