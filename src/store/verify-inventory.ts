import type { Database } from 'better-sqlite3';
import { describeStoreError } from './describe-store-error.js';
import { encodeHex } from './hex.js';
import { openDatabase } from './open-database.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';
import { sha256 } from './sha256.js';
import { verifyPacked } from './verify-packed.js';

/** Something that is wrong in an inventory. */
export interface InventoryFault {
  /** What was looked at. */
  readonly step: string;
  /** One line. */
  readonly fault: string;
  /** Whether `certsweep vacuum` mends it; else a backup does. */
  readonly isDerived: boolean;
}

/** What verifying needs from elsewhere. */
export interface VerifyOptions {
  /** SHA-256, hex, of the public key in a certificate; empty: it has none that can be read. */
  readonly readSpki: (der: Uint8Array) => string;
  /** Called before each step. */
  readonly starts?: (step: string) => void;
}

/** Faults that are told of one step: a broken disk has thousands of them. */
const MOST_FAULTS = 20;

type Step = readonly [name: string, isDerived: boolean, find: (database: Database) => Iterable<string>];

/**
 * Looks for whatever is wrong in a copy of an inventory, as `snapshotDatabase` makes it; the copy is changed. What else may
 * be wrong in a file that is damaged cannot be told, so that nothing more is looked at then.
 */
export function verifyInventory(copy: string, { readSpki, starts }: VerifyOptions): InventoryFault[] {
  const steps: readonly Step[] = [
    ['the file', false, findDamage],
    ['references between facts', false, findDanglingReferences],
    ['certificates', false, (database) => findWrongCertificates(database, readSpki)],
    ['stapled responses', false, findWrongResponses],
    ['chains', false, findWrongChains],
    ['packed observations', false, verifyPacked],
    ['the current view', true, findStaleView],
  ];
  const database = openDatabase(copy, {});
  const faults: InventoryFault[] = [];
  try {
    for (const [step, isDerived, find] of steps) {
      starts?.(step);
      let found = 0;
      for (const fault of find(database)) {
        found += 1;
        if (found > MOST_FAULTS) break;
        faults.push({ step, fault: found === MOST_FAULTS ? 'and more' : fault, isDerived });
      }
      if (found > 0 && step === 'the file') break;
    }
    return faults;
  } catch (error) {
    throw describeStoreError(error, copy, 'read');
  } finally {
    database.close();
  }
}

function* findDamage(database: Database): Generator<string> {
  const found = database.prepare<[], string>(`pragma integrity_check(${MOST_FAULTS})`).pluck().all();
  for (const each of found) if (each !== 'ok') yield each.split('\n').join('; ');
}

function* findDanglingReferences(database: Database): Generator<string> {
  const rows = database.prepare<[], { table: string; parent: string }>('pragma foreign_key_check').iterate();
  for (const { parent, table } of rows)
    yield `a row of ${table} refers to a row of ${parent} that is not there`;
}

function* findWrongCertificates(database: Database, readSpki: VerifyOptions['readSpki']): Generator<string> {
  const rows = database
    .prepare<[], { sha256: Buffer; der: Buffer; spki_sha256: Buffer | null }>(
      // Those that another tool has told of without their bytes have nothing to be held against.
      'select sha256, der, spki_sha256 from certificate where length(der) > 0',
    )
    .iterate();
  for (const { der, sha256: fingerprint, spki_sha256 } of rows) {
    const [told, real] = [encodeHex(fingerprint), encodeHex(sha256(der))];
    if (told !== real) yield `the bytes of certificate ${told} have the fingerprint ${real}`;
    else if (spki_sha256 !== null) {
      const [toldKey, realKey] = [encodeHex(spki_sha256), readSpki(der)];
      if (realKey !== '' && toldKey !== realKey)
        yield `certificate ${told} has the key ${realKey}, not ${toldKey}`;
    }
  }
}

function* findWrongResponses(database: Database): Generator<string> {
  const rows = database
    .prepare<[], { sha256: Buffer; der: Buffer }>('select sha256, der from stapled_response')
    .iterate();
  for (const row of rows)
    if (!row.sha256.equals(sha256(row.der)))
      yield `the bytes of response ${encodeHex(row.sha256)} have another digest`;
}

function* findWrongChains(database: Database): Generator<string> {
  const rows = database
    .prepare<[], [hash: Buffer, position: number, certificate: Buffer]>(
      `select chain.content_hash, position, certificate.sha256 from chain
      cross join chain_certificate as link on link.chain_id = chain.id
      cross join certificate on certificate.id = link.certificate_id
      order by chain.id, position`,
    )
    .raw()
    .iterate();
  let links: Buffer[] = [];
  let current: Buffer | null = null;
  const isWrong = () => current !== null && !current.equals(sha256(Buffer.concat(links)));
  for (const [hash, position, certificate] of rows) {
    if (position === 0) {
      if (isWrong()) yield `chain ${encodeHex(current)} holds other certificates`;
      links = [];
      current = hash;
    }
    links.push(certificate);
  }
  if (isWrong()) yield `chain ${encodeHex(current)} holds other certificates`;
}

/** Columns that are compared; the number of an issuer's name may be another one. */
function* findStaleView(database: Database): Generator<string> {
  const columns = database
    .prepare<[], string>(`select name from pragma_table_info('current_endpoint') where name <> 'issuer_id'`)
    .pluck()
    .all();
  const view = `select ${columns.map((each) => `current.${each}`).join(', ')}, issuer.name
    from current_endpoint as current left join issuer_name as issuer on issuer.id = current.issuer_id`;
  database.exec(`create temporary table kept as ${view}`);
  rebuildCurrentEndpoints(database);
  const differing = database
    .prepare<[], number>(
      `select count(distinct endpoint_id) from (
        select * from (select * from kept except ${view})
        union all select * from (${view} except select * from kept))`,
    )
    .pluck()
    .get();
  if (differing)
    yield `${differing.toLocaleString('en-US')} endpoints are listed otherwise than they were observed`;
}
