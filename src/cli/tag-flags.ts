import { listRules } from '../grade/list-rules.js';
import type { AnnotationEdit } from '../model/annotation-edit.js';
import { ANNOTATION_FIELDS, type AnnotationField } from '../model/annotation-fact.js';
import { nearestWord } from '../model/nearest-word.js';
import { UsageError } from '../model/usage-error.js';
import type { Listing } from '../query/field.js';

/** The options of `tag` as they come from the command line. */
export interface TagFlags {
  readonly db: string;
  readonly rule?: readonly string[];
  readonly where?: string;
  readonly of: Listing;
  readonly outcomes?: true;
  readonly owner?: string;
  readonly note?: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly unused?: true;
  readonly used?: true;
  readonly order?: number;
  readonly waive?: readonly string[];
  readonly reason?: string;
  /** UTC ISO-8601. */
  readonly until?: string;
  readonly unwaive?: readonly string[];
  readonly unset?: readonly string[];
  readonly list?: true;
  readonly json?: true;
  readonly now?: Date;
}

/** What `--unset` takes, as the field that it stands for; `all` is all of them. */
const UNSETTABLE: Readonly<Record<string, readonly AnnotationField[]>> = {
  owner: ['owner'],
  notes: ['notes'],
  note: ['notes'],
  unused: ['unused'],
  order: ['order'],
  tags: ['tag'],
  waivers: ['waiver'],
  all: ANNOTATION_FIELDS,
};

/** Reads what is to be said; null: nothing is. Throws a `UsageError` where the options contradict each other. */
export function readTagEdit(flags: TagFlags, now: Date): AnnotationEdit | null {
  const { add, note, order, owner, remove, unset, unused, unwaive, used, waive } = flags;
  if (unused && used) throw new UsageError('--unused and --used: it is one of them');
  for (const finding of [...(waive ?? []), ...(unwaive ?? [])]) checkFinding(finding);
  const edit: AnnotationEdit = {
    ...(waive ? { waivers: readWaivers(flags, waive, now) } : owner !== undefined && { owner }),
    ...(note !== undefined && { notes: note }),
    ...((unused || used) && { unused: unused === true }),
    ...(order !== undefined && { order }),
    ...(add && { addTags: add }),
    ...(remove && { removeTags: remove }),
    ...(unwaive && { endWaivers: unwaive }),
    ...(unset && { unset: unset.flatMap(readUnset) }),
  };
  if (!waive && (flags.reason ?? flags.until) !== undefined)
    throw new UsageError('--reason and --until say why and how long: name the finding with --waive');
  return Object.keys(edit).length === 0 ? null : edit;
}

/** Who accepts findings is the owner of the waiver, not of the endpoint. */
function readWaivers({ owner, reason, until }: TagFlags, findings: readonly string[], now: Date) {
  if (owner === undefined || reason === undefined || until === undefined)
    throw new UsageError(
      '--waive needs --owner (who accepts it), --reason (why) and --until (a day such as 2027-03-31)',
    );
  if (Date.parse(until) < now.getTime())
    throw new UsageError(`--until ${until.slice(0, 10)}: that day has passed`);
  return findings.map((finding) => ({ finding, owner, reason, until }));
}

function checkFinding(finding: string): void {
  const ids = listRules().map(({ id }) => id);
  if (ids.includes(finding)) return;
  const near = nearestWord(finding, ids);
  const hint = near === null ? 'see docs/findings.md' : `did you mean ${near}?`;
  throw new UsageError(`there is no finding ${JSON.stringify(finding)}: ${hint}`);
}

function readUnset(name: string): readonly AnnotationField[] {
  const fields = Object.hasOwn(UNSETTABLE, name) ? UNSETTABLE[name] : undefined;
  if (fields) return fields;
  const hint = name.startsWith('waiver') ? '--unwaive ends one' : '--remove takes tags away';
  throw new UsageError(
    `--unset ${JSON.stringify(name)}: it takes owner, notes, unused, order, tags, waivers or all; ${hint}`,
  );
}
