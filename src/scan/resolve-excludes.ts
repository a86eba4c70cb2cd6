import type { Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { resolveHost } from '../probe/resolve-host.js';
import { parseTargets } from '../targets/parse-targets.js';

/** How long one excluded name may take to resolve. */
const TIMEOUT_MS = 10_000;

/** The excludes with the addresses of their names added. */
export interface ResolvedExcludes {
  readonly excludes: readonly Target[];
  /** Names that have no address, so that only the name itself is excluded. */
  readonly unknownNames: readonly string[];
}

/**
 * Adds the addresses of excluded names: whoever excludes a host wants it left alone, also where a range covers it.
 * A name that does not exist has no address to spare. A name that cannot be looked up just now might: that throws a
 * UsageError, as a scan that cannot honour an exclude must not start.
 */
export async function resolveExcludes(excludes: readonly Target[]): Promise<ResolvedExcludes> {
  const resolved: Target[] = [];
  const unknownNames: string[] = [];
  for (const target of excludes) {
    resolved.push(target);
    if (!('name' in target.hosts) || target.hosts.name.startsWith('*.')) continue;
    const { name } = target.hosts;
    const { addresses, failed } = await resolveHost(name, { timeoutMs: TIMEOUT_MS });
    if (failed?.failure?.code === 'ENOTFOUND') unknownNames.push(name);
    else if (failed) {
      const why = failed.failure?.detail ?? failed.outcome;
      throw new UsageError(
        `${target.origin.place}: cannot honour the exclude "${target.text}": ${why}; exclude its address, or try again`,
      );
    }
    for (const address of addresses) {
      const input = { text: address, source: target.origin.place, isFile: false };
      const { ports } = target;
      resolved.push(
        ...parseTargets(input, { protocols: [] }).map((each) => (ports ? { ...each, ports } : each)),
      );
    }
  }
  return { excludes: resolved, unknownNames };
}
