import { readFile } from 'node:fs/promises';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { TlsVersion } from '../../../src/model/posture.js';
import type { Program } from '../interop-server.js';
import { runTool } from './run-tool.js';
import { sorted, type TlsView } from './tls-view.js';

/** testssl.sh, as Debian calls it. */
export const TESTSSL_PROGRAM: Program = { file: 'testssl', package: 'testssl.sh' };

/** How to say STARTTLS, for the servers that testssl.sh is tried on. */
export const TESTSSL_STARTTLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['tls', []],
  ['smtp', ['-t', 'smtp']],
]);

interface TestsslFinding {
  readonly id: string;
  readonly finding: string;
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  SSLv2: 'SSLv2',
  SSLv3: 'SSLv3',
  TLS1: 'TLSv1',
  TLS1_1: 'TLSv1.1',
  TLS1_2: 'TLSv1.2',
  TLS1_3: 'TLSv1.3',
};

/** The curves that testssl.sh 3.0.8 tries; of those, the ones that TLS 1.3 has. */
const TLS13_CURVES = new Set(['secp256r1', 'secp384r1', 'secp521r1', 'x25519', 'x448']);

/** What testssl.sh says of a server: versions, suites, and groups of all versions together. Takes half a minute. */
export async function askTestssl(
  program: string,
  { address, port }: Endpoint,
  { starttls, outputFile }: { readonly starttls: readonly string[]; readonly outputFile: string },
): Promise<Pick<TlsView, 'versions' | 'cipherSuites'> & { readonly groups: readonly string[] }> {
  const output = ['--color', '0', '--quiet', '--warnings', 'off', '--jsonfile', outputFile];
  const said = await runTool(program, [
    ...output,
    '-n',
    'none',
    '-p',
    '-E',
    '-f',
    ...starttls,
    `${address}:${port}`,
  ]);
  const findings = JSON.parse(await readFile(outputFile, 'utf8')) as readonly TestsslFinding[];
  const versions: Partial<Record<TlsVersion, boolean>> = {};
  const cipherSuites: Partial<Record<TlsVersion, readonly string[]>> = {};
  const groups: string[] = [];
  for (const { id, finding } of findings) {
    const version = VERSIONS[id];
    if (version !== undefined) versions[version] = !finding.startsWith('not offered');
    const offered = VERSIONS[/^cipher-(\w+)_x[0-9a-f]+$/.exec(id)?.[1]?.replace('tls', 'TLS') ?? ''];
    // The last word is the IANA name.
    const name = finding.split(/\s+/).at(-1);
    if (offered && name) cipherSuites[offered] = sorted([...(cipherSuites[offered] ?? []), name]);
    if (id === 'PFS_ECDHE_curves') groups.push(...finding.split(' ').map(curveName));
    if (id === 'DH_groups') groups.push(...finding.split(' '));
  }
  if (Object.keys(versions).length === 0) throw new Error(`testssl.sh did not see any TLS:\n${said}`);
  return { versions, cipherSuites, groups: sorted(groups) };
}

/** What testssl.sh 3.0.8 would say of the same server: it lists suites in an order of its own, and groups of all versions as one. */
export function throughTestssl({ versions, cipherSuites, groups }: TlsView) {
  return {
    versions,
    cipherSuites: Object.fromEntries(
      Object.entries(cipherSuites).map(([version, names]) => [version, sorted(names)]),
    ),
    groups: sorted(Object.values(groups).flat()),
  };
}

function curveName(name: string): string {
  if (name === 'prime256v1') return 'secp256r1';
  return TLS13_CURVES.has(name.toLowerCase()) ? name.toLowerCase() : name;
}
