import type { Waived } from './finding.js';

/** What people say of an endpoint, a certificate, or all that a rule fits. */
export interface Annotation {
  /** Who answers for it; null: nothing is said. */
  readonly owner: string | null;
  readonly notes: string | null;
  /** Nobody uses it any more, so that nobody wants to be told when it expires; null: nothing is said. */
  readonly unused: boolean | null;
  /** In the order of their letters. */
  readonly tags: readonly string[];
  /** The first of a finding that has not ended counts. */
  readonly waivers: readonly AnnotationWaiver[];
}

/** A finding that somebody accepts. */
export interface AnnotationWaiver extends Waived {
  /** Id of the finding. */
  readonly finding: string;
}

/** Nothing is said. */
export const NO_ANNOTATION: Annotation = { owner: null, notes: null, unused: null, tags: [], waivers: [] };

/** Joins annotations, the most specific first: of owner, notes and use the first that says something, of the rest all. */
export function resolveAnnotation(annotations: readonly Annotation[]): Annotation {
  const [only = NO_ANNOTATION, ...rest] = annotations;
  if (rest.length === 0) return only;
  const tags = new Map<string, string>();
  for (const tag of annotations.flatMap((each) => each.tags))
    if (!tags.has(foldTag(tag))) tags.set(foldTag(tag), tag);
  return {
    owner: annotations.find(({ owner }) => owner !== null)?.owner ?? null,
    notes: annotations.find(({ notes }) => notes !== null)?.notes ?? null,
    unused: annotations.find(({ unused }) => unused !== null)?.unused ?? null,
    tags: sortTags(tags.values()),
    waivers: annotations.flatMap(({ waivers }) => waivers),
  };
}

/** The waiver of a finding that has not ended at a moment (milliseconds since 1970, UTC); null: there is none. */
export function findWaiver(
  waivers: readonly AnnotationWaiver[],
  finding: string,
  moment: number,
): AnnotationWaiver | null {
  return waivers.find((each) => each.finding === finding && Date.parse(each.until) >= moment) ?? null;
}

/** What is the same in all spellings of a tag. */
export function foldTag(tag: string): string {
  return tag.normalize('NFC').toLowerCase();
}

/** Puts tags into the order of their letters. */
export function sortTags(tags: Iterable<string>): string[] {
  return [...tags].sort((a, b) => compare(foldTag(a), foldTag(b)) || compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
