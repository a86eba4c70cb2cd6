import type { Database } from 'better-sqlite3';
import { type AnnotationEdit, listAnnotationChanges, MAX_TAGS } from '../model/annotation-edit.js';
import type { AnnotationChange } from '../model/annotation-fact.js';
import {
  type AnnotationSubject,
  describeAnnotationSubject,
  formatAnnotationSubject,
} from '../model/annotation-subject.js';
import { UsageError } from '../model/usage-error.js';
import { parseAnnotationRule } from './annotation-rule.js';
import { hasHeededAnnotations } from './heed-annotations.js';
import { forgetOverview } from './overview.js';

/**
 * Says something of subjects from now on, all of it or, when it throws, nothing; tells of how many it was not said
 * already. `at` is milliseconds since 1970, UTC. Who speaks last counts, even against what a clock ahead of ours has dated.
 */
export function saveAnnotations(
  database: Database,
  subjects: readonly AnnotationSubject[],
  edit: AnnotationEdit,
  at: number,
): number {
  const save = database.prepare<[AnnotationChange & { at: number }]>(
    `insert into annotation (subject, field, name, value, changed_at) values (@subject, @field, @name, @value, @at)
    on conflict (subject, field, name) do update set
      value = excluded.value, changed_at = max(excluded.changed_at, annotation.changed_at + 1)
    where annotation.value is not excluded.value`,
  );
  const isKnown = database
    .prepare<[AnnotationChange]>(
      'select 1 from annotation where subject = @subject and field = @field and name = @name',
    )
    .pluck();
  const listSaid = database.prepare<[string], Pick<AnnotationChange, 'field' | 'name'>>(
    'select field, name from annotation where subject = ? and value is not null',
  );

  function saveOne(subject: AnnotationSubject): boolean {
    const key = formatAnnotationSubject(
      subject.kind === 'rule' ? { ...subject, rule: parseAnnotationRule(subject.rule).text } : subject,
    );
    const changes = listAnnotationChanges(key, edit);
    const isSaidAnew = new Set(changes.map(({ field, name }) => `${field} ${name}`));
    const taken = listSaid
      .all(key)
      .filter(({ field, name }) => edit.unset?.includes(field) && !isSaidAnew.has(`${field} ${name}`))
      .map(({ field, name }) => ({ subject: key, field, name, value: null }));
    let changed = 0;
    for (const change of [...taken, ...changes]) {
      // What was never said need not be taken away.
      if (change.value === null && isKnown.get(change) === undefined) continue;
      changed += save.run({ ...change, at }).changes;
    }
    if (changed > 0 && listSaid.all(key).filter(({ field }) => field === 'tag').length > MAX_TAGS)
      throw new UsageError(`${describeAnnotationSubject(subject)} would have more than ${MAX_TAGS} tags`);
    return changed > 0;
  }

  const saveAll = database.transaction(() => {
    const didMatter = hasHeededAnnotations(database);
    const changed = subjects.filter(saveOne).length;
    // Any change may matter then: of two rules the first that fits counts, whatever it says.
    if (changed > 0 && (didMatter || hasHeededAnnotations(database))) forgetOverview(database);
    return changed;
  });
  return saveAll.immediate();
}
