import type { Database } from 'better-sqlite3';
import type { Annotation } from '../model/annotation.js';
import { ANNOTATION_FIELDS, type AnnotationFact, readAnnotationFacts } from '../model/annotation-fact.js';
import { type AnnotationSubject, parseAnnotationSubject } from '../model/annotation-subject.js';
import { readAnnotations } from './read-annotations.js';

/** What is said of one subject by itself. */
export interface SubjectAnnotation {
  readonly subject: AnnotationSubject;
  /** The place of a rule; absent: it is no rule. */
  readonly order?: number;
  readonly annotation: Annotation;
}

type Row = Pick<AnnotationFact, 'subject' | 'field' | 'name'> & { readonly value: string };

/**
 * Reads what is said: the rules in the order in which they are tried, then certificates and endpoints. Of subjects that
 * are asked for (as `formatAnnotationSubject` writes them) alone, in any order, or of all of them.
 */
export function* listAnnotations(
  database: Database,
  subjects?: readonly string[],
): Generator<SubjectAnnotation> {
  const asked = subjects && new Set(subjects);
  for (const { annotation, order, rule } of readAnnotations(database).rules.rules)
    if (asked === undefined || asked.has(`rule ${rule.text}`))
      yield { subject: { kind: 'rule', rule: rule.text }, order, annotation };
  let facts: Row[] = [];
  for (const row of readRows(database, asked)) {
    if (facts[0] && facts[0].subject !== row.subject) {
      yield* toAnnotation(facts);
      facts = [];
    }
    facts.push(row);
  }
  yield* toAnnotation(facts);
}

/** What is said of all that is no rule, subject by subject. */
function* readRows(database: Database, asked: ReadonlySet<string> | undefined): Generator<Row> {
  const select = 'select subject, field, name, value from annotation where value is not null and subject';
  if (asked === undefined)
    yield* database.prepare<[], Row>(`${select} not like 'rule %' order by subject`).iterate();
  else {
    const find = database.prepare<[string], Row>(`${select} = ? order by subject`);
    for (const subject of asked) if (!subject.startsWith('rule ')) yield* find.all(subject);
  }
}

function toAnnotation(facts: readonly Row[]): SubjectAnnotation[] {
  const [first] = facts;
  const subject = first ? parseAnnotationSubject(first.subject) : null;
  if (subject === null) return [];
  const known = facts.filter(({ field }) => ANNOTATION_FIELDS.includes(field));
  return [{ subject, annotation: readAnnotationFacts(known) }];
}
