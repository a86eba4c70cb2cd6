import pLimit from 'p-limit';
import { tryFetch } from '../probe/fetch.js';
import { DerError } from '../x509/der-error.js';
import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { isSelfIssued } from '../x509/path-rule.js';
import { isSignedBy } from '../x509/signed-by.js';
import type { TrustStore } from '../x509/trust-store.js';
import { readIssuerAnswer } from './issuer-answer.js';
import type { IssuerIndex } from './issuer-index.js';

// Why each URL once: thousands of servers have certificates of the same few CAs. What was fetched, and that nothing
// was, holds for the whole run.

/** What fetching is done with. */
export interface IssuerFetcherOptions {
  /** Takes what was fetched. */
  readonly index: IssuerIndex;
  /** Nothing need be fetched above what these hold. */
  readonly trustStores: readonly TrustStore[];
  /** Whether addresses that are not of the public Internet may be connected to. */
  readonly allowPrivate: boolean;
  /** Whether an address must not be touched for another reason. */
  readonly isForbidden?: (address: string, port: number) => boolean;
  readonly signal: AbortSignal;
  /** Milliseconds for one URL; default: ten seconds. */
  readonly timeoutMs?: number;
}

/** Why nothing came from a URL. */
export interface IssuerFetchFailure {
  readonly url: string;
  readonly detail: string;
}

/** Fetches issuers from where certificates say that they are to be had (RFC 5280, section 4.2.2.1). */
export interface IssuerFetcher {
  /** Fetches the issuer of a certificate, and its issuer, and so on, into the index; never rejects. */
  fetch(certificate: ParsedCertificate): Promise<void>;
  /** Waits for all that is under way, but no longer than a minute: what is not there by then is given up. */
  finish(): Promise<void>;
  /** Those among what was fetched that did issue a certificate that asked for its issuer. */
  listFound(): readonly ParsedCertificate[];
  /** The first failures, in the order in which they came. */
  readonly failures: readonly IssuerFetchFailure[];
}

/** Requests at once: CAs serve millions, and a scan has other things to do. */
const CONCURRENCY = 8;

/** A CA's answer comes from a cache in milliseconds; whoever takes this long has none. */
const TIMEOUT_MS = 10_000;

/** The longest that a scan waits for what it has asked for. */
const FINISH_MS = 60_000;

/** Certificates have one or two kilobytes; bundles of the bridges between CAs have some hundred certificates. */
const MAX_BYTES = 256 * 1024;

/** Steps from one certificate up: public chains lack two at most, the longest private ones known have some more. */
const MAX_HOPS = 5;

/** Places tried for one issuer: CAs name one, some a second by another scheme. */
const MAX_URLS = 3;

/** URLs asked in one run: more than there are public CAs. Whoever has more makes them up. */
const MAX_REQUESTS = 2048;

/** Failures kept: what can still be read. */
const MAX_FAILURES = 20;

const ACCEPT = 'application/pkix-cert, application/pkcs7-mime, application/x-x509-ca-cert, */*;q=0.1';

/** Makes a fetcher for one run. */
export function makeIssuerFetcher(options: IssuerFetcherOptions): IssuerFetcher {
  const { allowPrivate, index, isForbidden, timeoutMs = TIMEOUT_MS, trustStores } = options;
  const giveUp = new AbortController();
  const signal = AbortSignal.any([options.signal, giveUp.signal]);
  const limit = pLimit(CONCURRENCY);
  const requests = new Map<string, Promise<void>>();
  const climbs = new Map<string, Promise<void>>();
  const found = new Map<string, ParsedCertificate>();
  const failures: IssuerFetchFailure[] = [];

  /** One climb for a certificate at a time, however many endpoints present it. */
  function fetch(certificate: ParsedCertificate): Promise<void> {
    const { fingerprintSha256 } = certificate.facts;
    const known = climbs.get(fingerprintSha256);
    if (known) return known;
    const started = climb(certificate).finally(() => climbs.delete(fingerprintSha256));
    climbs.set(fingerprintSha256, started);
    return started;
  }

  async function climb(start: ParsedCertificate): Promise<void> {
    let certificate = start;
    for (let hop = 0; hop < MAX_HOPS && !signal.aborted; hop++) {
      if (isAnchored(certificate)) return;
      const issuer = findKnown(certificate) ?? (await fetchIssuer(certificate));
      if (issuer === null || isSelfIssued(issuer)) return;
      certificate = issuer;
    }
  }

  function isAnchored(certificate: ParsedCertificate): boolean {
    return trustStores.some((store) => store.bySubject(certificate.issuer).some(isIssuerOf(certificate)));
  }

  function findKnown(certificate: ParsedCertificate): ParsedCertificate | null {
    return index.bySubject(certificate.issuer).find(isIssuerOf(certificate)) ?? null;
  }

  async function fetchIssuer(certificate: ParsedCertificate): Promise<ParsedCertificate | null> {
    // Those of LDAP lead to directories that a scan has no key to.
    const urls = certificate.issuerUrls.filter((url) => /^https?:/i.test(url)).slice(0, MAX_URLS);
    for (const url of urls) {
      await request(url);
      const issuer = findKnown(certificate);
      if (issuer === null) continue;
      found.set(issuer.facts.fingerprintSha256, issuer);
      return issuer;
    }
    return null;
  }

  function request(url: string): Promise<void> {
    const known = requests.get(url);
    if (known) return known;
    if (requests.size >= MAX_REQUESTS) return Promise.resolve();
    const asked = limit(() => take(url));
    requests.set(url, asked);
    return asked;
  }

  async function take(url: string): Promise<void> {
    if (signal.aborted) return;
    const { bytes, failure } = await tryFetch({
      url,
      accept: ACCEPT,
      timeoutMs,
      maxBytes: MAX_BYTES,
      allowPrivate,
      ...(isForbidden && { isForbidden }),
      signal,
    });
    const detail = failure ? failure.detail : takeCertificates(url, bytes);
    if (detail !== null && failures.length < MAX_FAILURES) failures.push({ url, detail });
  }

  /** Null, or what is wrong with the answer. */
  function takeCertificates(url: string, bytes: Uint8Array): string | null {
    try {
      for (const der of readIssuerAnswer(bytes)) index.add(der, { kind: 'fetched', from: url });
      return null;
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return `the answer is no certificate: ${error.message}`;
    }
  }

  async function finish(): Promise<void> {
    const timer = setTimeout(() => giveUp.abort(), FINISH_MS);
    try {
      while (climbs.size > 0) await Promise.all(climbs.values());
    } finally {
      clearTimeout(timer);
    }
  }

  return { fetch, finish, listFound: () => [...found.values()], failures };
}

function isIssuerOf(certificate: ParsedCertificate): (issuer: ParsedCertificate) => boolean {
  return (issuer) =>
    foldName(issuer.subject) === foldName(certificate.issuer) &&
    isSignedBy(certificate, issuer.publicKey) === true;
}
