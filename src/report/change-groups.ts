import { CHANGE_KINDS, type Change, type ChangeKind } from '../model/change.js';

/** Changes of one kind: the first of them, and how many there are. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly shown: readonly Change[];
  readonly count: number;
}

/** Reads changes, and keeps the first `most` of each kind; kinds that did not occur are absent. */
export async function readChangeGroups(
  changes: AsyncIterable<Change>,
  most: number,
): Promise<readonly ChangeGroup[]> {
  const groups = new Map<ChangeKind, { shown: Change[]; count: number }>();
  for await (const change of changes) {
    const group = groups.get(change.kind) ?? { shown: [], count: 0 };
    groups.set(change.kind, group);
    group.count += 1;
    if (group.shown.length < most) group.shown.push(change);
  }
  return CHANGE_KINDS.flatMap((kind) => {
    const group = groups.get(kind);
    return group ? [{ kind, ...group }] : [];
  });
}
