import { type Annotation, type AnnotationWaiver, sortTags } from './annotation.js';
import type { Waived } from './finding.js';

/** What can be said of a subject; `order` of rules alone. Of tags and waivers there are several, each with a name. */
export const ANNOTATION_FIELDS = ['owner', 'notes', 'unused', 'order', 'tag', 'waiver'] as const;

/** One of the things that can be said of a subject. */
export type AnnotationField = (typeof ANNOTATION_FIELDS)[number];

/** One thing that is said of one subject. */
export interface AnnotationChange {
  /** As `formatAnnotationSubject` writes it. */
  readonly subject: string;
  readonly field: AnnotationField;
  /** The tag in folded letters, or the finding of a waiver; empty where the field has one value. */
  readonly name: string;
  /** A waiver is JSON, a tag its spelling, `unused` is `yes` or `no`. Null: it is taken away. */
  readonly value: string | null;
}

/** One thing that is said of one subject, and since when. */
export interface AnnotationFact extends AnnotationChange {
  /** Milliseconds since 1970, UTC. */
  readonly changedAt: number;
}

/** Puts together what is said of one subject; what is no value of its field counts for nothing. */
export function readAnnotationFacts(
  facts: Iterable<Pick<AnnotationChange, 'field' | 'name' | 'value'>>,
): Annotation {
  let owner: string | null = null;
  let notes: string | null = null;
  let unused: boolean | null = null;
  const tags: string[] = [];
  const waivers: AnnotationWaiver[] = [];
  for (const { field, name, value } of facts) {
    if (value === null) continue;
    if (field === 'owner') owner = value;
    else if (field === 'notes') notes = value;
    else if (field === 'unused') unused = value === 'yes';
    else if (field === 'tag') tags.push(value);
    else if (field === 'waiver') waivers.push(...readWaiver(name, value));
  }
  waivers.sort((a, b) => (a.finding < b.finding ? -1 : 1));
  return { owner, notes, unused, tags: sortTags(tags), waivers };
}

/** Writes the value of a waiver. */
export function formatWaiverValue({ owner, reason, until }: Waived): string {
  return JSON.stringify({ owner, reason, until });
}

/** Merged inventories may bring anything: what is no waiver accepts nothing. */
function readWaiver(finding: string, value: string): AnnotationWaiver[] {
  try {
    const { owner, reason, until }: Partial<Record<string, unknown>> = Object(JSON.parse(value));
    if (typeof owner !== 'string' || typeof reason !== 'string' || typeof until !== 'string') return [];
    return Number.isNaN(Date.parse(until))
      ? []
      : [{ finding, owner, reason, until: new Date(until).toISOString() }];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
