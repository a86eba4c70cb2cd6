import type { Query } from './query.js';

/** The fields that a query asks about, by their ids. */
export function listFields(query: Query): readonly string[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.flatMap(listFields);
    case 'not':
      return listFields(query.of);
    default:
      return [query.field];
  }
}
