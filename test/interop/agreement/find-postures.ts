import path from 'node:path';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Posture } from '../../../src/model/posture.js';
import { makeTemporaryFolder } from '../../fixtures/temporary-folder.js';
import { runTool } from './run-tool.js';

const MAIN = path.join(import.meta.dirname, '../../../src/cli/main.ts');
const NODE_OPTIONS = ['--import', 'tsx', MAIN];

/** The part of an observation, as the command line writes it, that is looked at here. */
interface Observed {
  readonly endpoint: Endpoint;
  readonly outcome: string;
  readonly posture: Posture | null;
}

/** Runs `certsweep scan --depth posture` over endpoints; what it observed by `keyOf` each. */
export async function scanPostures(endpoints: readonly Endpoint[]): Promise<ReadonlyMap<string, Observed>> {
  const folder = await makeTemporaryFolder();
  try {
    const flags = ['--depth', 'posture', '--ndjson', '--quiet', '--db', folder.file('inventory.db')];
    const text = await runTool(process.execPath, [
      ...NODE_OPTIONS,
      'scan',
      ...endpoints.map(asTarget),
      ...flags,
    ]);
    return byKey(
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
    );
  } finally {
    await folder.remove();
  }
}

/** Runs `certsweep check` over endpoints; what it observed by `keyOf` each. */
export async function checkPostures(endpoints: readonly Endpoint[]): Promise<ReadonlyMap<string, Observed>> {
  const text = await runTool(process.execPath, [
    ...NODE_OPTIONS,
    'check',
    ...endpoints.map(asTarget),
    '--json',
  ]);
  return byKey(JSON.parse(text.slice(text.indexOf('['))));
}

/** What tells two endpoints apart in one run of the suite. */
export function keyOf({ port, protocol }: Endpoint): string {
  return `${port}/${protocol}`;
}

function byKey(observed: readonly Observed[]): ReadonlyMap<string, Observed> {
  return new Map(observed.map((each) => [keyOf(each.endpoint), each]));
}

function asTarget({ address, port, protocol, serverName }: Endpoint): string {
  return `${serverName === null ? '' : `${serverName}@`}${address}:${port}/${protocol}`;
}
