import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { nearestWord } from '../model/nearest-word.js';
import { UsageError } from '../model/usage-error.js';

/** What messages need to know of a kind of document. */
export interface YamlKind {
  /** Such as `a policy`. */
  readonly what: string;
  /** The keys that may stand in the section of this name; undefined: at the top. */
  knownKeys(section: string | undefined): readonly string[];
}

/**
 * Reads YAML that people write and checks it against a schema. Throws a UsageError that names `place` (the file), the
 * line, what is wrong there and the fix, a line for each mistake.
 */
export function readCheckedYaml<Schema extends z.ZodType>(
  yamlText: string,
  place: string,
  schema: Schema,
  kind: YamlKind,
): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new UsageError(`${place} line ${lines.linePos(broken.pos[0]).line}: ${lowerFirst(broken.message)}`);
  }
  const parsed = schema.safeParse(readValue(document, place) ?? {});
  if (parsed.success) return parsed.data;
  const explain = (issue: z.core.$ZodIssue) => explainIssue(issue, document, lines, place, kind);
  throw new UsageError(parsed.error.issues.flatMap(explain).join('\n'));
}

function readValue(document: Document.Parsed, place: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases without an anchor, or so many that the document would grow without end.
    throw new UsageError(`${place}: ${error instanceof Error ? lowerFirst(error.message) : String(error)}`);
  }
}

function explainIssue(
  issue: z.core.$ZodIssue,
  document: Document.Parsed,
  lines: LineCounter,
  place: string,
  kind: YamlKind,
): string[] {
  const within = issue.path.join('.');
  const node = findNode(document, issue.path);
  if (issue.code !== 'unrecognized_keys') {
    return [`${locate(node, lines, place)}: ${within === '' ? kind.what : within} ${issue.message}`];
  }
  const section = issue.path[0];
  const known = kind.knownKeys(section === undefined ? undefined : String(section));
  return issue.keys.map((key) => {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    const nearest = nearestWord(key, known);
    const hint = nearest === null ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`;
    const what = within === '' ? `unknown key "${key}"` : `unknown key "${key}" in ${within}`;
    return `${locate(pair?.key ?? node, lines, place)}: ${what}; ${hint}`;
  });
}

/** What stands at a path or, where nothing does, nearest above it: something is missing there. */
function findNode(document: Document.Parsed, path: readonly PropertyKey[]): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (node !== undefined) return node;
  }
  return document.contents;
}

function locate(node: unknown, lines: LineCounter, place: string): string {
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? place : `${place} line ${lines.linePos(start).line}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
