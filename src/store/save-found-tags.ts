import type { Database } from 'better-sqlite3';
import { foldTag } from '../model/annotation.js';
import { MAX_TAGS } from '../model/annotation-edit.js';
import type { AnnotationChange } from '../model/annotation-fact.js';
import { formatAnnotationSubject } from '../model/annotation-subject.js';
import type { Endpoint } from '../model/endpoint.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';

// Why these tags are as old as can be: whoever says something by hand means it, here and wherever inventories are merged. A
// tag that was ever said of an endpoint, or taken away, is not touched, however often a scan finds the endpoint again.

/** Tells the tags that the targets of a scan give to an endpoint. */
export type TagsOf = (endpoint: Endpoint) => readonly string[];

/** Before everything that people say: milliseconds since 1970, UTC. */
const BEFORE_ALL = 0;

/** Endpoints read at once: SQLite reads and writes in turn on one connection. */
const ENDPOINTS_AT_ONCE = 1000;

type FoundRow = Parameters<typeof fromEndpointRow>[0] & { readonly id: number };

/** Gives the endpoints at which a run (its UUID) has found a certificate the tags of its targets: all of them or, when it throws, none. */
export function saveFoundTags(database: Database, run: string, tagsOf: TagsOf): void {
  const select = database.prepare<[string, number], FoundRow>(
    `select distinct id, ${ENDPOINT_COLUMNS.join(', ')}
    from observation cross join endpoint on endpoint.id = observation.endpoint_id
    where run_id = (select id from scan_run where uuid = ?) and endpoint_id > ? and chain_id is not null
    order by endpoint_id limit ${ENDPOINTS_AT_ONCE}`,
  );
  const save = database.prepare<[Omit<AnnotationChange, 'field'>]>(
    `insert into annotation (subject, field, name, value, changed_at)
    select @subject, 'tag', @name, @value, ${BEFORE_ALL}
    where (
      select count(*) from annotation where subject = @subject and field = 'tag' and value is not null) < ${MAX_TAGS}
    on conflict do nothing`,
  );
  const saveAll = database.transaction(() => {
    for (let last = 0, isMore = true; isMore; ) {
      const rows = select.all(run, last);
      for (const { id, ...row } of rows) {
        last = id;
        const endpoint = fromEndpointRow(row);
        const subject = formatAnnotationSubject({ kind: 'endpoint', endpoint });
        for (const tag of tagsOf(endpoint)) save.run({ subject, name: foldTag(tag), value: tag });
      }
      isMore = rows.length === ENDPOINTS_AT_ONCE;
    }
  });
  if (database.inTransaction) saveAll();
  else saveAll.immediate();
}
