import type { Database } from 'better-sqlite3';
import type { FoldedEndpoint } from './fold-endpoint.js';
import { FOLDED_COLUMNS, type FoldedRow, toFoldedRow, writeFoldedSql } from './write-current-endpoint.js';

/** Where folded endpoints wait to be written together, with `FOLDED_COLUMNS`: a statement for each takes twice as long. */
export const FOLDED = 'temp.folded_endpoint';

/** Writes the rows of many endpoints. */
export interface WriteCurrentEndpoints {
  /** Adds one to those that wait. */
  keep(endpointId: number, folded: FoldedEndpoint): void;
  /** Writes all that wait. */
  write(): void;
}

/** Prepares all statements that it needs, for use within a transaction. */
export function prepareWriteCurrentEndpoints(database: Database): WriteCurrentEndpoints {
  database.exec(`
    drop table if exists ${FOLDED};
    create table ${FOLDED} (
      ${FOLDED_COLUMNS.map((column) => (column === 'endpoint_id' ? `${column} integer primary key` : column)).join(', ')});`);
  const keep = database.prepare<FoldedRow>(
    `insert into ${FOLDED} (${FOLDED_COLUMNS.join(', ')}) values (${FOLDED_COLUMNS.map(() => '?').join(', ')})`,
  );
  const insertIssuers = database.prepare(
    `insert into issuer_name (name)
    select distinct lower(issuer) from certificate
    where id in (select leaf_id from ${FOLDED}) and issuer is not null
    on conflict do nothing`,
  );
  const write = database.prepare(writeFoldedSql(database, FOLDED));
  const forget = database.prepare(`delete from ${FOLDED}`);
  return {
    keep(endpointId, folded) {
      keep.run(...toFoldedRow(endpointId, folded));
    },
    write() {
      insertIssuers.run();
      write.run();
      forget.run();
    },
  };
}
