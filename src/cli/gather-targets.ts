import { readTag } from '../model/annotation-edit.js';
import type { PortRange, Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { parsePorts } from '../targets/parse-ports.js';
import { parseTargetFile } from '../targets/parse-target-file.js';
import { parseTargets, type TargetText } from '../targets/parse-targets.js';
import type { ProtocolPorts } from '../targets/protocol-ports.js';
import { nameInput, readInput, readInputInPieces } from './read-input.js';

/** Port that is scanned where none is named. */
const DEFAULT_PORTS = '443';

/** Everything that says what to touch and what not. */
export interface GatheredTargets {
  readonly targets: readonly Target[];
  /** Targets with tags, which go to what is found there. */
  readonly tagged: readonly Target[];
  readonly excludes: readonly Target[];
  readonly ports: readonly PortRange[];
  /** A line for each file of another scanner: what was taken from it, and what was left out. */
  readonly notes: readonly string[];
}

/** Reads all target text that a scan was given: on the command line, in files, in its definition. */
export async function gatherTargets(
  args: readonly string[],
  definition: ScanDefinition,
  protocols: readonly ProtocolPorts[],
): Promise<GatheredTargets> {
  const targets: Target[] = [];
  const notes: string[] = [];
  const texts = [
    ...args.map((text, index) => ({ text, source: `argument ${index + 1}`, isFile: false })),
    ...inline(definition.targets, 'targets'),
  ];
  for (const text of texts) append(targets, parseTargets(text, { protocols }));
  for (const path of definition.targetsFile ?? []) {
    const file = await parseTargetFile(readInputInPieces(path, 'targets'), nameInput(path), { protocols });
    append(targets, file.targets);
    if (file.note !== null) notes.push(file.note);
  }
  if (targets.length === 0) {
    if (notes.length > 0) throw new UsageError(`no targets: ${notes.join('\n')}`);
    throw new UsageError(
      'no targets: name some (certsweep scan 10.0.0.0/24 mail.example.org), or a file of them with --targets-file',
    );
  }
  const excludes = [
    ...inline(definition.exclude, 'exclude'),
    ...(await readFiles(definition.excludeFile, 'excludes')),
  ].flatMap((text) => parseTargets(text, { protocols, allowWildcards: true }));
  const ports = parsePorts(definition.ports ?? DEFAULT_PORTS, { source: '--ports', protocols });
  return {
    targets,
    tagged: [...gatherTags(definition, protocols), ...targets.filter(({ tags }) => tags)],
    excludes,
    ports,
    notes,
  };
}

/** What a definition tags by itself: it adds nothing to the plan. */
function gatherTags({ tags = {} }: ScanDefinition, protocols: readonly ProtocolPorts[]): Target[] {
  return Object.entries(tags).flatMap(([written, texts]) => {
    const tag = readTag(written);
    return inline(texts, `tags ${tag}, target`)
      .flatMap((text) => parseTargets(text, { protocols }))
      .map((target) => ({ ...target, tags: [tag] }));
  });
}

/** Adds to a list, without the limit on arguments that `push` has. */
function append(targets: Target[], more: readonly Target[]): void {
  for (const target of more) targets.push(target);
}

function inline(texts: readonly string[] | undefined, what: string): TargetText[] {
  return (texts ?? []).map((text, index) => ({ text, source: `${what} ${index + 1}`, isFile: false }));
}

async function readFiles(paths: readonly string[] | undefined, what: string): Promise<TargetText[]> {
  const texts: TargetText[] = [];
  for (const path of paths ?? []) {
    const text = (await readInput(path, what)).toString('utf8');
    texts.push({ text, source: nameInput(path), isFile: true });
  }
  return texts;
}
