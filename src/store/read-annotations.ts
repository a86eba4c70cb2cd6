import type { Database } from 'better-sqlite3';
import { type AnnotationChange, readAnnotationFacts } from '../model/annotation-fact.js';
import { UsageError } from '../model/usage-error.js';
import { type AnnotationRule, parseAnnotationRule } from './annotation-rule.js';
import {
  type AnnotationRules,
  DEFAULT_ORDER,
  makeAnnotationRules,
  type RankedRule,
} from './annotation-rules.js';

/** What the annotations of an inventory can change: queries ask for no more. */
export interface Annotations {
  readonly rules: AnnotationRules;
  /** Something is said of single endpoints. */
  readonly hasEndpoints: boolean;
  /** Something is said of single certificates. */
  readonly hasCertificates: boolean;
  /** Somebody accepts findings. */
  readonly hasWaivers: boolean;
}

/** Nothing is said of anything. */
export const NO_ANNOTATIONS: Annotations = {
  rules: makeAnnotationRules([]),
  hasEndpoints: false,
  hasCertificates: false,
  hasWaivers: false,
};

/** Whether nothing is said of anything. */
export function areNoAnnotations({ hasCertificates, hasEndpoints, rules }: Annotations): boolean {
  return !hasCertificates && !hasEndpoints && rules.rules.length === 0;
}

/** Reads the rules, and what else there is: of single endpoints and certificates there may be any number. */
export function readAnnotations(database: Database): Annotations {
  // Subjects begin with their kind and a space; the exclamation mark is the character behind it.
  const has = (kind: string) =>
    database
      .prepare(`select exists (select 1 from annotation where subject > '${kind} ' and subject < '${kind}!')`)
      .pluck()
      .get() === 1;
  const hasWaivers = database
    .prepare("select exists (select 1 from annotation where field = 'waiver' and value is not null)")
    .pluck()
    .get();
  return {
    rules: makeAnnotationRules(readRules(database)),
    hasEndpoints: has('endpoint'),
    hasCertificates: has('certificate'),
    hasWaivers: hasWaivers === 1,
  };
}

/** The rules of an inventory, in no order. */
function readRules(database: Database): RankedRule[] {
  const rows = database
    .prepare<[], Pick<AnnotationChange, 'field' | 'name' | 'value'> & { text: string }>(
      `select substr(subject, 6) as text, field, name, value from annotation
      where subject > 'rule ' and subject < 'rule!' and value is not null`,
    )
    .all();
  const byText = new Map<string, typeof rows>();
  for (const row of rows) {
    const facts = byText.get(row.text);
    if (facts) facts.push(row);
    else byText.set(row.text, [row]);
  }
  return [...byText].flatMap(([text, facts]) => {
    const rule = readRule(text);
    // A rule of which no more than its place is left says nothing, and stands in the way of none.
    if (rule === null || facts.every(({ field }) => field === 'order')) return [];
    const order = Number(facts.find(({ field }) => field === 'order')?.value ?? DEFAULT_ORDER);
    return [
      {
        rule,
        order: Number.isFinite(order) ? order : DEFAULT_ORDER,
        annotation: readAnnotationFacts(facts),
      },
    ];
  });
}

/** Null: a rule of a kind that is not known here, which came with another inventory. */
function readRule(text: string): AnnotationRule | null {
  try {
    return parseAnnotationRule(text);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
