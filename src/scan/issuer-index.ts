import { formatEndpoint } from '../model/endpoint.js';
import type { Observation } from '../model/observation.js';
import type { Inventory } from '../store/inventory.js';
import { makeBoundedCache } from '../x509/bounded-cache.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { fingerprint } from '../x509/fingerprint.js';
import type { KnownCertificates } from '../x509/issuer-candidates.js';
import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';

// Why bytes and not parsed certificates: a certificate that is parsed takes several times its bytes, and of the many
// that a network shows only those are looked at that somebody forgot to send.

/** Where a certificate was found: an endpoint that sends it, the inventory, or the URL that it was fetched from. */
export type IssuerSource =
  | { readonly kind: 'sent' | 'fetched'; readonly from: string }
  | { readonly kind: 'inventory' };

/** The most telling first. */
const SOURCE_KINDS: readonly IssuerSource['kind'][] = ['sent', 'inventory', 'fetched'];

/** Certificates of CAs that are known from elsewhere, looked up by subject; memory is bounded. */
export interface IssuerIndex extends KnownCertificates {
  readonly size: number;
  /** No more are taken. */
  readonly isFull: boolean;
  /** Takes a certificate; one that is known, is no CA's or cannot be read changes nothing but perhaps the source. */
  add(der: Uint8Array, source: IssuerSource): void;
  /** Takes all that an endpoint presents above its leaves. */
  addPresented(observation: Observation): void;
  /** All of them, in DER. */
  list(): Iterable<Uint8Array>;
  /** Such as `sent by mail.example.org:25`; null: it is not known. */
  sourceOf(certificate: ParsedCertificate): string | null;
}

/** Some 25,000 certificates: more CAs than any company has, and little beside the rest of a scan. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What an entry takes beside the certificate itself. */
const OVERHEAD_BYTES = 400;

/** Certificates of one name: a CA renews its own some dozen times, but devices share default names by the thousand. */
const MAX_OF_ONE_NAME = 64;

/** Parsed certificates at hand. */
const MAX_PARSED = 1024;

/** Certificates remembered as of no use, so that the same stranger is not parsed at every endpoint. */
const MAX_USELESS = 16_384;

interface Entry {
  readonly fingerprint: string;
  readonly der: Uint8Array;
  source: IssuerSource;
}

/** Makes an empty index. */
export function makeIssuerIndex(maxBytes: number = MAX_BYTES): IssuerIndex {
  const entries = new Map<string, Entry>();
  const bySubject = new Map<string, Entry[]>();
  const parsed = makeBoundedCache<ParsedCertificate>(MAX_PARSED);
  const useless = makeBoundedCache<true>(MAX_USELESS);
  let bytes = 0;
  let isFull = false;

  function add(der: Uint8Array, source: IssuerSource): void {
    const id = fingerprint(der);
    const known = entries.get(id);
    if (known) {
      if (compareSources(source, known.source) < 0) known.source = source;
      return;
    }
    if (isFull || useless.get(id)) return;
    const certificate = readIssuer(der);
    const subject = certificate && foldName(certificate.subject);
    const namesakes = subject === null ? [] : (bySubject.get(subject) ?? []);
    if (subject === null || namesakes.length >= MAX_OF_ONE_NAME) {
      useless.set(id, true);
      return;
    }
    const cost = der.length + 2 * subject.length + OVERHEAD_BYTES;
    if (bytes + cost > maxBytes) {
      isFull = true;
      return;
    }
    bytes += cost;
    // A copy: the bytes may be part of a message, which would be kept with them.
    const entry: Entry = { fingerprint: id, der: new Uint8Array(der), source };
    entries.set(id, entry);
    if (namesakes.length === 0) bySubject.set(subject, namesakes);
    namesakes.push(entry);
  }

  function parse({ der, fingerprint: id }: Entry): ParsedCertificate {
    let certificate = parsed.get(id);
    if (certificate === undefined) {
      certificate = parseCertificate(der);
      parsed.set(id, certificate);
    }
    return certificate;
  }

  return {
    get size() {
      return entries.size;
    },
    get isFull() {
      return isFull;
    },
    add,
    addPresented: ({ endpoint, handshake, otherChains = [] }) => {
      for (const chain of [handshake?.presentedChain ?? [], ...otherChains]) {
        for (const der of chain.slice(1)) add(der, { kind: 'sent', from: formatEndpoint(endpoint) });
      }
    },
    *list() {
      for (const { der } of entries.values()) yield der;
    },
    bySubject: (name) => (bySubject.get(foldName(name)) ?? []).map(parse),
    sourceOf: ({ facts }) => {
      const entry = entries.get(facts.fingerprintSha256);
      return entry ? describeSource(entry.source) : null;
    },
  };
}

/** Takes the CA certificates that the inventory holds into an index, as many as there is room for. */
export async function fillIssuerIndex(index: IssuerIndex, inventory: Inventory): Promise<void> {
  for await (const der of inventory.issuers()) {
    index.add(der, { kind: 'inventory' });
    if (index.isFull) return;
  }
}

/** Null: no certificate, or one that may not issue others. Those before version 3 cannot say that they are a CA's. */
function readIssuer(der: Uint8Array): ParsedCertificate | null {
  try {
    const certificate = parseCertificate(der);
    return certificate.basicConstraints?.ca === true || certificate.version !== 3 ? certificate : null;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return null;
  }
}

/** Any two sources have an order, so that the one that is told does not depend on who answered first. */
function compareSources(a: IssuerSource, b: IssuerSource): number {
  const byKind = SOURCE_KINDS.indexOf(a.kind) - SOURCE_KINDS.indexOf(b.kind);
  if (byKind !== 0 || a.kind === 'inventory' || b.kind === 'inventory') return byKind;
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

function describeSource(source: IssuerSource): string {
  if (source.kind === 'inventory') return 'in the inventory';
  return source.kind === 'sent' ? `sent by ${source.from}` : `fetched from ${source.from}`;
}
