import type { AnnotationFact } from './annotation-fact.js';

/**
 * Merges what several inventories say: of each subject, field and name the later value, and of two at the same moment the
 * greater one. The result is the same in whatever order and however often they are merged.
 */
export function mergeAnnotationFacts(...lists: readonly (readonly AnnotationFact[])[]): AnnotationFact[] {
  const merged = new Map<string, AnnotationFact>();
  for (const fact of lists.flat()) {
    const key = JSON.stringify([fact.subject, fact.field, fact.name]);
    const other = merged.get(key);
    if (other === undefined || isLaterFact(fact, other)) merged.set(key, fact);
  }
  return [...merged].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact);
}

/** Whether one value counts and not the other; at the same moment any value counts more than its removal. */
export function isLaterFact(fact: AnnotationFact, other: AnnotationFact): boolean {
  if (fact.changedAt !== other.changedAt) return fact.changedAt > other.changedAt;
  if (fact.value === null || other.value === null) return fact.value !== null && other.value === null;
  return compareText(fact.value, other.value) > 0;
}

/** By code points: the order of their bytes in UTF-8, in which databases compare. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rankUnit(left) - rankUnit(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points behind all that a single unit can be. */
function rankUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
