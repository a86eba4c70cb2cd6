import type { Listing } from '../query/field.js';
import { listFields } from '../query/list-fields.js';
import { parseQuery } from '../query/parse-query.js';
import type { Matching } from '../query/query.js';

/** Reads what `--where` says; its relative times count from `now`. */
export async function parseWhere(text: string, listing: Listing, now: Date): Promise<Matching> {
  const query = parseQuery(text, { listing });
  const vocabulary = await readVocabulary(new Set(listFields(query)));
  return { query: vocabulary.size === 0 ? query : parseQuery(text, { listing, vocabulary }), now };
}

/** The words that some of the fields are made of. What knows them are some hundred modules, loaded where they are asked for. */
async function readVocabulary(fields: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>> {
  const vocabulary = new Map<string, readonly string[]>();
  if (fields.has('warnings') || fields.has('waived')) {
    const { describeChecks } = await import('../grade/describe-checks.js');
    const findings = describeChecks().map(({ id }) => id);
    vocabulary.set('warnings', findings).set('waived', findings);
  }
  if (fields.has('protocol')) {
    const { starttlsProtocols } = await import('../probe/starttls-protocols.js');
    vocabulary.set('protocol', ['tls', ...starttlsProtocols.keys()]);
  }
  return vocabulary;
}
