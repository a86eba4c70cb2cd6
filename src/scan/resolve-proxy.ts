import { UsageError } from '../model/usage-error.js';
import { Budget } from '../probe/budget.js';
import { Connection } from '../probe/connection.js';
import { ProbeFailure } from '../probe/probe-failure.js';
import type { HttpProxy } from '../probe/proxy.js';
import { resolveHost } from '../probe/resolve-host.js';

/** How long finding the proxy, and then connecting to it, may take. */
const TIMEOUT_MS = 10_000;

/** A host and a port, as `host:port`, `[IPv6]:port` or the URL of an HTTP proxy. */
const PROXY = /^(?:http:\/\/)?(?:\[([0-9a-f:.]+)\]|([^:[\]/@\s]+)):(\d{1,5})\/?$/i;

/**
 * Finds the HTTP proxy that `text` means and knocks at it. Throws a UsageError when it cannot be reached: without it each
 * endpoint of a scan would look unreachable.
 */
export async function resolveProxy(text: string): Promise<HttpProxy> {
  const [, ipv6, name = '', portText = ''] = PROXY.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(portText);
  if (host === '' || port < 1 || port > 65_535) {
    throw new UsageError(
      `the proxy "${text}" is none: write the host and port of an HTTP proxy, such as proxy.example:3128`,
    );
  }
  const { addresses, failed } = await resolveHost(host, { timeoutMs: TIMEOUT_MS });
  if (failed) throw new UsageError(`the proxy ${text} cannot be found: ${failed.failure?.detail}`);
  let failure: ProbeFailure | null = null;
  for (const address of addresses) {
    try {
      const budget = new Budget({ connectTimeoutMs: TIMEOUT_MS, timeoutMs: TIMEOUT_MS });
      (await Connection.open({ address, port, budget })).close();
      return { address, port };
    } catch (error) {
      if (!(error instanceof ProbeFailure)) throw error;
      failure = error;
    }
  }
  throw new UsageError(`the proxy ${text} cannot be reached: ${failure?.message}`);
}
