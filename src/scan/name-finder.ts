import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { Outcome } from '../model/outcome.js';
import type { ReverseResolver } from '../probe/reverse-resolver.js';
import { readHostName } from '../targets/host-name.js';
import { isProblem } from '../targets/problem.js';

/**
 * Where further names of an endpoint may come from: `ptr` is its forward-confirmed reverse DNS name; `san` are the
 * subject alternative names of its default certificate, and `cert` those with the common name.
 */
export const NAME_SOURCES = ['ptr', 'san', 'cert'] as const;

/** One source of names. */
export type NameSource = (typeof NAME_SOURCES)[number];

/** Finds the names to try at an endpoint that was reached without one. */
export type NameFinder = (
  observation: Observation,
  judgement: Judgement,
  signal: AbortSignal,
) => Promise<readonly string[]>;

/** Names tried at one endpoint: a certificate may hold thousands, and each costs a connection. */
export const MAX_NAMES_PER_ENDPOINT = 10;

/** How servers that must be told a name first turn those away who tell none. */
const INSISTING: ReadonlySet<Outcome> = new Set(['alert', 'closed', 'reset']);

/** Makes a name finder from sources; names come in the order ptr, common name, alternative names, each once. */
export function createNameFinder(sources: readonly NameSource[], reverse: ReverseResolver): NameFinder {
  return async (observation, judgement, signal) => {
    const { address } = observation.endpoint;
    if (address === null || !(observation.outcome === 'tls' || insistsOnName(observation))) return [];
    const found = sources.includes('ptr') ? [...(await reverse(address, signal))] : [];
    const leaf = judgement.presented[0];
    if (leaf && sources.includes('cert') && leaf.commonName !== null) found.push(leaf.commonName);
    if (leaf && (sources.includes('cert') || sources.includes('san'))) {
      for (const name of leaf.subjectAltNames) if (name.startsWith('DNS:')) found.push(name.slice(4));
    }
    return toServerNames(found);
  };
}

function insistsOnName({ outcome, failure }: Observation): boolean {
  if (failure?.stage !== 'handshake') return false;
  return INSISTING.has(outcome) || failure.code === 'no-certificate';
}

/** Those that can be sent: no wildcards, no addresses, nothing that only looks like a name. */
function toServerNames(texts: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const text of texts) {
    if (names.size === MAX_NAMES_PER_ENDPOINT) break;
    const name = readHostName(text);
    if (!isProblem(name)) names.add(name);
  }
  return [...names];
}
