import type { Revocation, Revocations } from '../model/revocation.js';
import { onAbort } from '../probe/on-abort.js';
import { askCrl } from '../x509/crl.js';
import { readOcsp } from '../x509/ocsp.js';
import { encodeOcspRequest } from '../x509/ocsp-request.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { PathSearch } from '../x509/path.js';
import { faultyAnswer, type RevocationAnswer } from '../x509/revocation-answer.js';
import { makeRevocationFetch, type RevocationFetchOptions } from './revocation-fetch.js';
import { makeRevocationLists } from './revocation-lists.js';
import { listRevocationQuestions, type RevocationSubject } from './revocation-questions.js';

// Why a stage of its own: asking takes seconds and goes to others than the endpoint. Within a probe it would hold up the
// scan, and thousands of endpoints that share an issuer would ask the same.

/** Where answers are kept from one scan to the next. */
export interface RevocationMemory {
  /** What the first of the sources is known to say that still counts; null: nothing. */
  findRevocation(fingerprint: string, sources: readonly string[], now: Date): Promise<Revocation | null>;
  saveRevocation(fingerprint: string, revocation: Revocation, validUntil: Date): Promise<void>;
}

/** Whom to ask, and what stops it. */
export interface RevocationStageOptions extends Omit<RevocationFetchOptions, 'signal'> {
  readonly memory: RevocationMemory;
  /** Default: 20 s. */
  readonly deadlineMs?: number;
}

/** Finds out whether certificates were revoked. */
export interface RevocationStage {
  /**
   * Asks about the certificates of a path, all at once, and answers within the deadline or when the signal aborts;
   * `skipsLeaf`: the server has stapled what is known of its own certificate.
   */
  ask(search: PathSearch, skipsLeaf: boolean, signal: AbortSignal): Promise<Revocations>;
  /** Drops what is still being asked. */
  close(): void;
}

/** How long an observation is held back for answers: time for a responder and a list, one after the other. */
const DEADLINE_MS = 20_000;

/** A certificate names one responder and one list, at times a second of each; hundreds are an attack on others. */
const MAX_SOURCES_OF_A_KIND = 2;

/** The longest honest responses, with post-quantum signatures. */
const MAX_OCSP_BYTES = 262_144;

/** Lists for CAs count for a year; a revocation should be known within a week all the same. */
const MAX_KEPT_MS = 7 * 86_400_000;

/** Enough of a hostile URL to find it by. */
const MAX_SHOWN_URL = 200;

/** Certificates whose answers are at hand: some tens of megabytes. */
const MAX_REMEMBERED = 100_000;

/** Makes the stage of one scan. Whoever made it must `close()` it. */
export function createRevocationStage(options: RevocationStageOptions): RevocationStage {
  const { memory, deadlineMs = DEADLINE_MS, now } = options;
  const stop = new AbortController();
  const { allowPrivate, isForbidden } = options;
  const fetch = makeRevocationFetch({ allowPrivate, isForbidden, now, signal: stop.signal });
  const lists = makeRevocationLists(fetch);
  const asked = new Map<string, Promise<Revocation>>();

  function askOnce(subject: RevocationSubject): Promise<Revocation> {
    const { fingerprintSha256 } = subject.certificate.facts;
    const known = asked.get(fingerprintSha256);
    if (known) return known;
    const answer = askAll(subject);
    // The issuer may come to light later.
    if (subject.issuer === null) return answer;
    for (const oldest of asked.keys()) {
      if (asked.size < MAX_REMEMBERED) break;
      asked.delete(oldest);
    }
    asked.set(fingerprintSha256, answer);
    return answer;
  }

  /** What is remembered first; then responders, then lists, until one says what counts. */
  async function askAll({ certificate, issuer }: RevocationSubject): Promise<Revocation> {
    const ocspUrls = pickUrls(certificate.ocspUrls);
    const sources = [...ocspUrls, ...pickUrls(certificate.crlUrls)];
    if (sources.length === 0) return unknown(describeLack(certificate));
    if (issuer === null) return unknown('its issuer is not at hand, so that no answer can be verified');
    const { fingerprintSha256 } = certificate.facts;
    const remembered = await memory.findRevocation(fingerprintSha256, sources, now());
    if (remembered !== null) return remembered;
    const failures: string[] = [];
    for (const [place, url] of sources.entries()) {
      const answer = await (place < ocspUrls.length ? askResponder : askList)(url, certificate, issuer);
      if (stop.signal.aborted) return unknown('the scan was stopped');
      const revocation = toRevocation(answer, url);
      if (revocation === null) {
        failures.push(
          `${url.slice(0, MAX_SHOWN_URL)}: ${answer.status === 'error' ? answer.why : 'the CA does not know the certificate'}`,
        );
        continue;
      }
      if ('nextUpdate' in answer && answer.nextUpdate !== null) {
        const validUntil = new Date(Math.min(answer.nextUpdate, now().getTime() + MAX_KEPT_MS));
        await memory.saveRevocation(fingerprintSha256, revocation, validUntil);
      }
      return revocation;
    }
    return unknown(failures.join('; '));
  }

  async function askResponder(
    url: string,
    certificate: ParsedCertificate,
    issuer: ParsedCertificate,
  ): Promise<RevocationAnswer> {
    const { bytes, why } = await fetch({
      url,
      accept: 'application/ocsp-response',
      body: { type: 'application/ocsp-request', bytes: encodeOcspRequest(certificate, issuer) },
      maxBytes: MAX_OCSP_BYTES,
    });
    if (bytes === null) return noAnswer(why);
    return readOcsp(bytes, { certificate, issuer, now: now().getTime() });
  }

  async function askList(
    url: string,
    certificate: ParsedCertificate,
    issuer: ParsedCertificate,
  ): Promise<RevocationAnswer> {
    const { crl, why } = await lists(url);
    return crl === null ? noAnswer(why) : askCrl(crl, { certificate, issuer, now: now().getTime() });
  }

  return {
    async ask(search, skipsLeaf, signal) {
      if (signal.aborted) return new Map();
      const subjects = listRevocationQuestions(search, now().getTime()).filter(
        ({ certificate }) => !skipsLeaf || certificate !== search.certificates[0],
      );
      if (subjects.length === 0) return new Map();
      let timer: NodeJS.Timeout | undefined;
      let forget: (() => void) | undefined;
      const deadline = new Promise<Revocation>((resolve) => {
        const late = unknown(`no answer within ${deadlineMs / 1000} s`);
        timer = setTimeout(() => resolve(late), deadlineMs);
        forget = onAbort(signal, () => resolve(unknown('the scan was stopped')));
      });
      try {
        const answers = subjects.map(async (subject) => {
          const { fingerprintSha256 } = subject.certificate.facts;
          return [fingerprintSha256, await Promise.race([askOnce(subject), deadline])] as const;
        });
        return new Map(await Promise.all(answers));
      } finally {
        clearTimeout(timer);
        forget?.();
      }
    },
    close: () => stop.abort(),
  };
}

function pickUrls(urls: readonly string[]): readonly string[] {
  // LDAP is for directories of Windows domains, which publish over HTTP too.
  return urls.filter((url) => /^https?:/i.test(url)).slice(0, MAX_SOURCES_OF_A_KIND);
}

function describeLack({ ocspUrls, crlUrls }: ParsedCertificate): string {
  return ocspUrls.length + crlUrls.length === 0
    ? 'it names neither an OCSP responder nor a revocation list'
    : 'it names no OCSP responder or revocation list that is to be had over HTTP';
}

/** Null: the answer settles nothing. */
function toRevocation(answer: RevocationAnswer, source: string): Revocation | null {
  if (answer.status === 'good') return { status: 'good', source };
  if (answer.status !== 'revoked') return null;
  return { status: 'revoked', at: answer.at, reason: answer.reason, source };
}

function noAnswer(why: string): RevocationAnswer {
  return faultyAnswer('no-answer', why);
}

function unknown(why: string): Revocation {
  return { status: 'unknown', why };
}
