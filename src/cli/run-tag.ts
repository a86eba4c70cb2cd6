import { type AnnotationSubject, formatAnnotationSubject } from '../model/annotation-subject.js';
import { UsageError } from '../model/usage-error.js';
import type { Listing } from '../query/field.js';
import { parseAnnotationRule } from '../store/annotation-rule.js';
import { openInventory } from '../store/inventory.js';
import type { SubjectAnnotation } from '../store/list-annotations.js';
import { findShown } from './find-shown.js';
import { parseWhere } from './parse-where.js';
import { formatAnnotationTable, toAnnotationJson } from './print/annotation-table.js';
import { writeStream } from './print/write-stream.js';
import { readTagEdit, type TagFlags } from './tag-flags.js';

/** Says what the options say of all that they name, or shows what is said. */
export async function runTag(names: readonly string[], flags: TagFlags): Promise<void> {
  const now = flags.now ?? new Date();
  const edit = readTagEdit(flags, now);
  const rules = (flags.rule ?? []).map((rule) => parseAnnotationRule(rule).text);
  const matching = flags.where === undefined ? undefined : await parseWhere(flags.where, flags.of, now);
  const isAboutSome = names.length > 0 || rules.length > 0 || matching !== undefined;
  if (flags.list && edit) throw new UsageError('--list shows what is said and changes nothing: leave it out');
  if (!flags.list && !isAboutSome)
    throw new UsageError(
      'name an endpoint or a fingerprint, a kind with --rule, or what matches with --where; --list shows what is said',
    );
  if (flags.outcomes && (!matching || flags.of !== 'endpoints'))
    throw new UsageError('--outcomes goes with --where about endpoints');

  const inventory = openInventory(flags.db, edit ? {} : { readOnly: true });
  try {
    const subjects = new Map<string, AnnotationSubject>();
    const take = (subject: AnnotationSubject) => subjects.set(formatAnnotationSubject(subject), subject);
    for (const rule of rules) take({ kind: 'rule', rule });
    for (const name of names) take(await findShown(inventory, name));
    if (matching && flags.of === 'certificates')
      for await (const { certificate } of inventory.certificates({ matching }))
        take({ kind: 'certificate', fingerprint: certificate.fingerprintSha256 });
    else if (matching)
      for await (const { endpoint } of inventory.records({
        matching,
        withOutcomes: flags.outcomes ?? false,
      }))
        take({ kind: 'endpoint', endpoint });
    if (edit) {
      // What was said now counts from now, whatever moment queries are about.
      const changed = await inventory.annotate([...subjects.values()], edit, new Date().toISOString());
      process.stdout.write(
        flags.json
          ? `${JSON.stringify({ subjects: subjects.size, changed })}\n`
          : `${describeChange([...subjects.values()], changed, flags.of)}\n`,
      );
      return;
    }
    const said = inventory.annotations(isAboutSome ? [...subjects.values()] : undefined);
    await writeStream(process.stdout, flags.json ? writeJson(said) : [await writeTable(said)]);
  } finally {
    await inventory.close();
  }
}

/** `3 endpoints, 1 rule: 2 changed`. */
function describeChange(subjects: readonly AnnotationSubject[], changed: number, of: Listing): string {
  if (subjects.length === 0) return `no ${of} match`;
  const counts = (['rule', 'certificate', 'endpoint'] as const).flatMap((kind) => {
    const count = subjects.filter((subject) => subject.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return `${counts.join(', ')}: ${changed === 0 ? 'nothing changed' : `${changed} changed`}`;
}

/** An array, an object a line, as they are read. */
async function* writeJson(said: AsyncIterable<SubjectAnnotation>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const each of said) {
    yield `${isFirst ? '[' : ','}\n  ${JSON.stringify(toAnnotationJson(each))}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

async function writeTable(said: AsyncIterable<SubjectAnnotation>): Promise<string> {
  const all: SubjectAnnotation[] = [];
  for await (const each of said) all.push(each);
  return all.length === 0 ? 'nothing is said\n' : `${formatAnnotationTable(all)}\n`;
}
