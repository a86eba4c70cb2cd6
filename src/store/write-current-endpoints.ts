import type { Database } from 'better-sqlite3';
import type { FoldedEndpoint } from './fold-endpoint.js';
import { FOLDED_COLUMNS, type FoldedRow, toFoldedRow, writeFoldedSql } from './write-current-endpoint.js';

/** Writes the rows of endpoints of which none has one; where nothing was folded, none is written. */
export type WriteCurrentEndpoints = (
  all: readonly (readonly [endpointId: number, folded: FoldedEndpoint | null])[],
) => void;

/** Where folded endpoints wait to be written together: a statement for each takes twice as long. */
const FOLDED = 'temp.folded_endpoint';

/** Prepares all statements that it needs, for use within a transaction. */
export function prepareWriteCurrentEndpoints(database: Database): WriteCurrentEndpoints {
  database.exec(`
    drop table if exists ${FOLDED};
    create table ${FOLDED} (${FOLDED_COLUMNS.join(', ')}, primary key (endpoint_id)) without rowid;`);
  const keep = database.prepare<FoldedRow>(
    `insert into ${FOLDED} values (${FOLDED_COLUMNS.map(() => '?').join(', ')})`,
  );
  const insertIssuers = database.prepare(
    `insert into issuer_name (name)
    select distinct lower(issuer) from certificate
    where id in (select leaf_id from ${FOLDED}) and issuer is not null
    on conflict do nothing`,
  );
  const write = database.prepare(writeFoldedSql(database, FOLDED));
  const forget = database.prepare(`delete from ${FOLDED}`);
  return (all) => {
    for (const [endpointId, folded] of all) if (folded !== null) keep.run(...toFoldedRow(endpointId, folded));
    insertIssuers.run();
    write.run();
    forget.run();
  };
}
