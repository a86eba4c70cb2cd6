import { type AnnotationWaiver, foldTag } from './annotation.js';
import { type AnnotationChange, type AnnotationField, formatWaiverValue } from './annotation-fact.js';
import { UsageError } from './usage-error.js';

/** What is to be said of subjects from now on; what is absent stays as it is. */
export interface AnnotationEdit {
  readonly owner?: string;
  readonly notes?: string;
  /** False says so even where a rule says otherwise. */
  readonly unused?: boolean;
  /** The place of a rule among rules: the least is tried first. */
  readonly order?: number;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly waivers?: readonly AnnotationWaiver[];
  /** Ids of findings that are accepted no more. */
  readonly endWaivers?: readonly string[];
  /** Fields that nothing is said of any more, before the rest is said. */
  readonly unset?: readonly AnnotationField[];
}

/** A name, or a team with its address: more is no owner. */
export const MAX_OWNER_LENGTH = 200;

/** A page: notes are shown in cells of tables. */
export const MAX_NOTES_LENGTH = 4000;

/** A word or a few: tags stand side by side. */
export const MAX_TAG_LENGTH = 64;

/** More tags than a subject needs, and few enough to read each time that it is listed. */
export const MAX_TAGS = 100;

/** A few sentences. */
export const MAX_REASON_LENGTH = 1000;

/** What is to be said of one subject, entry by entry; throws a `UsageError` for what nothing can be made of. */
export function listAnnotationChanges(subject: string, edit: AnnotationEdit): AnnotationChange[] {
  const { addTags = [], endWaivers = [], notes, order, owner, removeTags = [], unused, waivers = [] } = edit;
  const change = (field: AnnotationField, value: string | null, name = ''): AnnotationChange => ({
    subject,
    field,
    name,
    value,
  });
  const removed = new Set(removeTags.map((tag) => foldTag(readTag(tag))));
  const both = addTags.find((tag) => removed.has(foldTag(readTag(tag))));
  if (both !== undefined) throw new UsageError(`tag ${both}: it cannot be added and removed at once`);
  if (order !== undefined && !subject.startsWith('rule '))
    throw new UsageError('only rules have an order: endpoints and certificates come before all of them');
  if (order !== undefined && !Number.isSafeInteger(order))
    throw new UsageError(`order ${order} is no whole number`);
  return [
    ...(owner === undefined ? [] : [change('owner', readLine('owner', owner, MAX_OWNER_LENGTH))]),
    ...(notes === undefined ? [] : [change('notes', readText('note', notes, MAX_NOTES_LENGTH))]),
    ...(unused === undefined ? [] : [change('unused', unused ? 'yes' : 'no')]),
    ...(order === undefined ? [] : [change('order', String(order))]),
    ...addTags.map(readTag).map((tag) => change('tag', tag, foldTag(tag))),
    ...[...removed].map((name) => change('tag', null, name)),
    ...waivers.map((waiver) => change('waiver', readWaiver(waiver), waiver.finding)),
    ...endWaivers.map((finding) => change('waiver', null, finding)),
  ];
}

/** Reads a tag; throws a `UsageError` for what is none. */
export function readTag(written: string): string {
  const tag = readLine('tag', written, MAX_TAG_LENGTH);
  if (/[,;]/.test(tag))
    throw new UsageError(`tag ${tag}: it cannot have commas or semicolons, which part tags`);
  return tag;
}

function readWaiver({ finding, owner, reason, until }: AnnotationWaiver): string {
  if (Number.isNaN(Date.parse(until)))
    throw new UsageError(`waiver of ${finding}: ${JSON.stringify(until)} is no moment in ISO-8601`);
  return formatWaiverValue({
    owner: readLine('owner', owner, MAX_OWNER_LENGTH),
    reason: readLine('reason', reason, MAX_REASON_LENGTH),
    until: new Date(until).toISOString(),
  });
}

/** One line: nothing but text, and no more spaces than part its words. */
function readLine(what: string, written: string, most: number): string {
  const text = readText(what, written, most);
  if (/\p{Cc}/u.test(text)) throw new UsageError(`${what}: it has control characters`);
  return text.replace(/\s+/g, ' ');
}

function readText(what: string, written: string, most: number): string {
  const text = written.normalize('NFC').trim();
  if (text === '') throw new UsageError(`${what}: it is empty`);
  if (text.length > most)
    throw new UsageError(`${what}: it has ${text.length} characters, ${most} are the most`);
  // Half of a pair is no character, and databases keep another one in its place.
  if (/\p{Cs}|\0/u.test(text)) throw new UsageError(`${what}: it has characters that are no text`);
  return text;
}
