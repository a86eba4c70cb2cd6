import type { PortRange, Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { parsePorts } from '../targets/parse-ports.js';
import { parseTargets, type TargetText } from '../targets/parse-targets.js';
import type { ProtocolPorts } from '../targets/protocol-ports.js';
import { nameInput, readInput } from './read-input.js';

/** Port that is scanned where none is named. */
const DEFAULT_PORTS = '443';

/** Everything that says what to touch and what not. */
export interface GatheredTargets {
  readonly targets: readonly Target[];
  readonly excludes: readonly Target[];
  readonly ports: readonly PortRange[];
}

/** Reads all target text that a scan was given: on the command line, in files, in its definition. */
export async function gatherTargets(
  args: readonly string[],
  definition: ScanDefinition,
  protocols: readonly ProtocolPorts[],
): Promise<GatheredTargets> {
  const targets = [
    ...args.map((text, index) => ({ text, source: `argument ${index + 1}`, isFile: false })),
    ...inline(definition.targets, 'targets'),
    ...(await readFiles(definition.targetsFile, 'targets')),
  ].flatMap((text) => parseTargets(text, { protocols }));
  if (targets.length === 0) {
    throw new UsageError(
      'no targets: name some (certsweep scan 10.0.0.0/24 mail.example.org), or a file of them with --targets-file',
    );
  }
  const excludes = [
    ...inline(definition.exclude, 'exclude'),
    ...(await readFiles(definition.excludeFile, 'excludes')),
  ].flatMap((text) => parseTargets(text, { protocols, allowWildcards: true }));
  const ports = parsePorts(definition.ports ?? DEFAULT_PORTS, { source: '--ports', protocols });
  return { targets, excludes, ports };
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
