import { type Endpoint, formatEndpoint } from '../model/endpoint.js';
import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';

/** The one thing that was meant. */
export type Shown =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'certificate'; readonly fingerprint: string };

/** Matches that are listed when there are several: what fits a screen. */
const MAX_LISTED = 20;

/** Digits of a fingerprint below which a text is more likely part of a name. */
const FEWEST_DIGITS = 6;

/** Hex in one piece, or in pairs with colons between. */
const FINGERPRINT = /^(?:[\da-f]{1,64}|[\da-f]{2}(?::[\da-f]{2}){1,31})$/;

/** How well a text fits an endpoint, best first; a worse fit counts only when there is no better. */
const FITS = ['whole', 'place', 'name', 'part'] as const;

type Fit = (typeof FITS)[number];

/** Endpoints that fit equally well, the first few of them. */
interface Matches {
  readonly listed: Endpoint[];
  count: number;
}

/**
 * Finds what a text means: an endpoint as it is written, its host and port, its name or any part of it; or a
 * certificate by its fingerprint or the beginning of that. Throws UsageError where that is nothing, or several things.
 */
export async function findShown(inventory: Inventory, asked: string): Promise<Shown> {
  const text = asked.trim().toLowerCase();
  if (text === '') throw new UsageError('name an endpoint or a fingerprint');
  const matches = await findEndpoints(inventory, text);
  const fit = FITS.find((each) => matches[each].count > 0);
  const certificates = fit === undefined || fit === 'part' ? await findCertificates(inventory, text) : [];
  const { count, listed } = fit === undefined ? { count: 0, listed: [] } : matches[fit];
  const total = count + certificates.length;
  const [endpoint] = listed;
  const [fingerprint] = certificates;
  if (total === 1 && endpoint) return { kind: 'endpoint', endpoint };
  if (total === 1 && fingerprint !== undefined) return { kind: 'certificate', fingerprint };
  if (total === 0) {
    throw new UsageError(
      `${inventory.path} has no endpoint and no certificate ${asked}: see certsweep list endpoints, certsweep list certificates`,
    );
  }
  const lines = [
    ...listed.map((each) => formatEndpoint(each)),
    ...certificates.map((each) => `certificate ${each}`),
  ].slice(0, MAX_LISTED);
  const more = certificates.length > MAX_LISTED || total > lines.length ? ['  and more'] : [];
  throw new UsageError(
    [`${asked} may mean any of these: write more of one`, ...lines.map((line) => `  ${line}`), ...more].join(
      '\n',
    ),
  );
}

async function findEndpoints(inventory: Inventory, text: string): Promise<Readonly<Record<Fit, Matches>>> {
  const matches: Record<Fit, Matches> = {
    whole: { listed: [], count: 0 },
    place: { listed: [], count: 0 },
    name: { listed: [], count: 0 },
    part: { listed: [], count: 0 },
  };
  for await (const endpoint of inventory.endpoints()) {
    const fit = findFit(endpoint, text);
    if (fit === null) continue;
    const { listed } = matches[fit];
    matches[fit].count += 1;
    if (listed.length < MAX_LISTED) listed.push(endpoint);
  }
  return matches;
}

function findFit(endpoint: Endpoint, text: string): Fit | null {
  const whole = formatEndpoint(endpoint).toLowerCase();
  const { address, host, port, protocol, serverName } = endpoint;
  // Names of one host are told apart by it, also where they lead to the same address.
  const names = [host, address ?? host, serverName ?? host].map((name) => name.toLowerCase());
  if (!whole.includes(text) && !names.some((name) => text.includes(name))) return null;
  if (text === whole || text === `${whole}/${protocol}`) return 'whole';
  const places = names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${port}`);
  if (places.some((place) => text === place || text === `${place}/${protocol}`)) return 'place';
  if (names.includes(text) || names.some((name) => text === `[${name}]`)) return 'name';
  return whole.includes(text) ? 'part' : null;
}

async function findCertificates(inventory: Inventory, text: string): Promise<readonly string[]> {
  const compact = text.replace(/\s/g, '').replace(/:$/, '');
  const digits = compact.replaceAll(':', '');
  if (digits.length < FEWEST_DIGITS || !FINGERPRINT.test(compact)) return [];
  return inventory.findCertificates(digits, MAX_LISTED + 1);
}
