import { ByteReader } from '../hello/byte-reader.js';
import { EXTENSION_TYPE } from '../hello/extension-type.js';
import type { HelloAnswer } from '../hello/hello-answer.js';
import { ProbeFailure } from '../probe-failure.js';
import { askVersion, groupOf, type ListEnd, type VersionAnswer } from './ask-version.js';
import type { Asker } from './asker.js';
import { listGroupCandidates } from './posture-hello.js';
import { listSuiteCandidates, sortWeakestFirst } from './suite-candidates.js';

/** What a server accepts in TLS 1.3. */
export interface Tls13List {
  /** By number, in the order in which the server chose from an offer with the weakest first. */
  readonly suites: readonly number[];
  readonly suitesEnd: ListEnd;
  /** By number: in the server's order where it told, else in the order met. */
  readonly groups: readonly number[];
  readonly groupsEnd: ListEnd;
}

const version = 'TLSv1.3';

/** The group that most servers like best, but for post-quantum ones. */
const USUAL_FAVOURITE = 0x001d;

/** Shares for the groups that the others agree on: P-256 and P-384. */
const OPENING_SHARES = [0x0017, 0x0018];

/**
 * Lists suites and groups of TLS 1.3. A hello without key shares makes the server name a suite and a group and costs it
 * nothing; what it named is taken out until it refuses. The opening hello has shares, but not for the usual favourite: a
 * server that agrees on less than its favourite may tell all its groups at once (RFC 8446, section 4.2.7), as OpenSSL
 * does, and one more hello then shows whether that was all.
 */
export async function listTls13(asker: Asker, serverName: string | null): Promise<Tls13List> {
  const suites: number[] = [];
  const groups: number[] = [];
  const left = new Set(sortWeakestFirst(listSuiteCandidates(version)));
  const question = { version, serverName } as const;

  /** Notes what an answer chose; says why not when that was not offered. */
  function take({ answer }: VersionAnswer): string | null {
    const group = groupOf(answer);
    if (group !== null && !groups.includes(group)) groups.push(group);
    if (!left.delete(answer.cipherSuite))
      return `the server chose suite ${answer.cipherSuite}, which was not offered`;
    suites.push(answer.cipherSuite);
    return null;
  }

  const opening = await askVersion(
    asker,
    {
      ...question,
      cipherSuites: [...left],
      groups: listGroupCandidates(version).filter((id) => id !== USUAL_FAVOURITE),
      keyShares: OPENING_SHARES,
    },
    'certificate',
  );
  let isShareNeeded = false;
  if (opening.kind === 'answer') {
    const fault = take(opening);
    if (fault !== null) return ended({ kind: 'unknown', reason: fault });
    const told = toldGroups(opening.answer);
    for (const group of told) if (!groups.includes(group)) groups.push(group);
    if (told.length > 0) groups.sort((a, b) => told.indexOf(a) - told.indexOf(b));
    isShareNeeded = true;
  } else if (opening.kind === 'no-such-version') {
    return ended(opening);
  }

  const suitesEnd = await listRest();
  if (suites.length === 0) return ended(suitesEnd);
  return { suites, suitesEnd, groups, groupsEnd: await listGroups() };

  async function listRest(): Promise<ListEnd> {
    while (left.size > 0) {
      const all = listGroupCandidates(version);
      const offered = [...all.filter((id) => !groups.includes(id)), ...groups];
      const reply = await askVersion(
        asker,
        { ...question, cipherSuites: [...left], groups: offered },
        'server-hello',
      );
      if (reply.kind !== 'answer') return reply;
      isShareNeeded = false;
      const fault = take(reply);
      if (fault !== null) return { kind: 'unknown', reason: fault };
    }
    return { kind: 'refused' };
  }

  async function listGroups(): Promise<ListEnd> {
    const untried = new Set(listGroupCandidates(version).filter((id) => !groups.includes(id)));
    if (isShareNeeded) {
      // So far a no may have meant the missing key share: see whether what was agreed on once is refused without one.
      const again = await askVersion(asker, { ...question, cipherSuites: suites, groups }, 'server-hello');
      if (again.kind === 'unknown') return again;
      if (again.kind !== 'answer')
        return { kind: 'unknown', reason: 'the server refuses hellos without a key share' };
    }
    while (untried.size > 0) {
      const reply = await askVersion(
        asker,
        { ...question, cipherSuites: suites, groups: [...untried] },
        'server-hello',
      );
      if (reply.kind !== 'answer') return reply;
      const group = groupOf(reply.answer);
      if (group === null || !untried.delete(group))
        return { kind: 'unknown', reason: 'the server chose a group that was not offered' };
      groups.push(group);
    }
    return { kind: 'refused' };
  }

  function ended(end: ListEnd): Tls13List {
    return { suites, suitesEnd: end, groups, groupsEnd: end };
  }
}

/** The groups that the server says it knows, its favourite first; none where it does not say, or not readably. */
function toldGroups(answer: HelloAnswer): readonly number[] {
  const extension =
    answer.kind === 'server-hello' ? answer.extensions.get(EXTENSION_TYPE.supportedGroups) : undefined;
  if (!extension) return [];
  try {
    const list = new ByteReader(extension, 'supported_groups').nested(2, 'the groups');
    const told: number[] = [];
    while (list.left > 0) told.push(list.uint16());
    const known = new Set(listGroupCandidates(version));
    return [...new Set(told)].filter((id) => known.has(id));
  } catch (failure) {
    if (!(failure instanceof ProbeFailure)) throw failure;
    return [];
  }
}
