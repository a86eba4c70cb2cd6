import { CIPHER_SUITES } from '../hello/cipher-suites.js';
import { askVersion, groupOf, type ListEnd } from './ask-version.js';
import type { Asker } from './asker.js';
import { listGroupCandidates } from './posture-hello.js';
import type { SuiteList } from './suite-list.js';

/** The curves of one version before TLS 1.3. */
export interface CurveList {
  /** By number, in the order met. */
  readonly groups: readonly number[];
  readonly end: ListEnd;
}

/**
 * Lists the curves that a server accepts before TLS 1.3, going on from those that its suites showed: offers suites with
 * ECDHE and the curves not met, until it refuses.
 *
 * An ECDSA certificate is of no use to a client that does not know its curve (RFC 8422, section 5.1), so that taking
 * this curve out ends all; it is then put back, at the end, until it is chosen again. Curves that such a server likes
 * less than its certificate's are no loss: no client ever gets them.
 */
export async function listCurves(
  asker: Asker,
  list: SuiteList,
  order: 'server' | 'client' | null,
): Promise<CurveList> {
  const { version, serverName, plain } = list;
  const groups = [...list.groups];
  const ecdhe = list.suites.filter((id) => CIPHER_SUITES.get(id)?.keyExchange === 'ECDHE');
  if (ecdhe.length === 0 || plain) return { groups, end: { kind: 'refused' } };
  const free = ecdhe.filter((id) => CIPHER_SUITES.get(id)?.authentication !== 'ECDSA');
  const cipherSuites = free.length > 0 ? free : ecdhe;
  const untried = new Set(listGroupCandidates(version).filter((id) => !groups.includes(id)));
  let kept: readonly number[] = [];
  while (untried.size > 0) {
    const reply = await askVersion(
      asker,
      { version, serverName, cipherSuites, groups: [...untried, ...kept] },
      'certificate',
    );
    if (reply.kind === 'answer') {
      const group = groupOf(reply.answer);
      if (group !== null && untried.delete(group)) {
        groups.push(group);
        continue;
      }
      if (group !== null && kept.includes(group)) return { groups, end: { kind: 'refused' } };
      return { groups, end: { kind: 'unknown', reason: describeOdd(group) } };
    }
    const last = groups.at(-1);
    if (reply.kind === 'unknown' || free.length > 0 || kept.length > 0 || last === undefined) {
      return { groups, end: reply };
    }
    kept = order === 'client' ? [...groups] : [last];
  }
  return { groups, end: { kind: 'refused' } };
}

function describeOdd(group: number | null): string {
  return group === null
    ? 'the server named no curve'
    : `the server chose curve ${group}, which was not offered`;
}
