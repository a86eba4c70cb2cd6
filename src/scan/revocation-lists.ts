import { type Crl, MAX_CRL_BYTES, readCrl } from '../x509/crl.js';
import { DerError } from '../x509/der-error.js';
import type { RevocationFetch } from './revocation-fetch.js';

/** A revocation list, or why there is none. */
export type FetchedList =
  | { readonly crl: Crl; readonly why: null }
  | { readonly crl: null; readonly why: string };

/** Revocation lists by URL. */
export type RevocationLists = (url: string) => Promise<FetchedList>;

/** Bytes of lists that are kept at hand: those of a dozen CAs, or the four largest there are. */
const MAX_KEPT_BYTES = 4 * MAX_CRL_BYTES;

/** What a list costs beside its bytes; failures cost this much. */
const OVERHEAD_BYTES = 4096;

/** Makes the lists of one scan: each is fetched and read once, for all certificates that name it, as long as it is kept. */
export function makeRevocationLists(fetch: RevocationFetch): RevocationLists {
  const kept = new Map<string, { readonly list: Promise<FetchedList>; bytes: number }>();
  let total = 0;

  function weigh(url: string, bytes: number): void {
    const entry = kept.get(url);
    if (entry === undefined) return;
    total += bytes - entry.bytes;
    entry.bytes = bytes;
    for (const [oldest, { bytes: weight }] of kept) {
      if (total <= MAX_KEPT_BYTES || oldest === url) break;
      kept.delete(oldest);
      total -= weight;
    }
  }

  return (url) => {
    const known = kept.get(url);
    if (known) return known.list;
    const list = fetchList(url, fetch).then(({ fetched, bytes }) => {
      weigh(url, OVERHEAD_BYTES + bytes);
      return fetched;
    });
    kept.set(url, { list, bytes: 0 });
    return list;
  };
}

async function fetchList(
  url: string,
  fetch: RevocationFetch,
): Promise<{ fetched: FetchedList; bytes: number }> {
  const { bytes, why } = await fetch({ url, accept: 'application/pkix-crl', maxBytes: MAX_CRL_BYTES });
  if (bytes === null) return { fetched: { crl: null, why }, bytes: 0 };
  try {
    return { fetched: { crl: readCrl(bytes), why: null }, bytes: bytes.length };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return {
      fetched: { crl: null, why: `it is no revocation list that can be read: ${error.message}` },
      bytes: 0,
    };
  }
}
