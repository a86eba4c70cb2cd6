import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { askVersion, groupOf, type ListEnd } from './ask-version.js';
import type { Asker } from './asker.js';
import { listGroupCandidates, type PostureQuestion } from './posture-hello.js';
import { listSuiteCandidates, sortWeakestFirst } from './suite-candidates.js';

/** What a server of SSLv3 to TLS 1.2 accepts in one version. */
export interface SuiteList {
  readonly version: ProtocolVersion;
  /** The name that was asked for; null: none. */
  readonly serverName: string | null;
  /** Whether the server answers hellos without extensions only. */
  readonly plain: boolean;
  /** By number, in the order in which the server chose from an offer with the weakest first. */
  readonly suites: readonly number[];
  /** Whether they were offered in parts: the order of one part says nothing about another. */
  readonly inParts: boolean;
  /** Curves that came up meanwhile, by number, in the order met. */
  readonly groups: readonly number[];
  /** How the list ended: `unknown` where it may be cut short. */
  readonly end: ListEnd;
}

/** Old devices fail on hellos of more than 255 bytes or 128 suites (Cisco ASA); so many fit both. */
const SAFE_SUITES = 64;

/**
 * Lists the suites that a server accepts in one version by offering all, taking out the one it chose, and offering the
 * rest, until it refuses: as many connections as there are suites, and one. A server that does not answer so long a
 * hello is asked in parts, and one that has answered no extensions yet without them. Curves met are moved to the end of
 * their list, so that a server that takes the client's first shows another.
 */
export async function listSuites(
  asker: Asker,
  version: ProtocolVersion,
  serverName: string | null,
): Promise<SuiteList> {
  const question = { version, serverName, cipherSuites: listSuiteCandidates(version) };
  const whole = await takeOneByOne(asker, question);
  const isCertain =
    whole.end.kind === 'no-such-version' || asker.toleratedSuites >= question.cipherSuites.length;
  if (whole.suites.length > 0 || isCertain) return whole;
  const parts = await takeInParts(asker, question);
  const mayMindExtensions = parts.end.kind === 'refused' && asker.toleratedSuites === 0;
  if (parts.suites.length > 0 || !mayMindExtensions || version === 'SSLv3') return parts;
  return takeInParts(asker, { ...question, plain: true });
}

async function takeInParts(asker: Asker, question: PostureQuestion): Promise<SuiteList> {
  const suites: number[] = [];
  let list: SuiteList = {
    ...describeQuestion(question),
    suites,
    inParts: true,
    groups: [],
    end: { kind: 'refused' },
  };
  for (let at = 0; at < question.cipherSuites.length; at += SAFE_SUITES) {
    const cipherSuites = question.cipherSuites.slice(at, at + SAFE_SUITES);
    const {
      suites: more,
      groups,
      end,
    } = await takeOneByOne(asker, { ...question, cipherSuites }, list.groups);
    suites.push(...more);
    // Who has answered once in this version has it: whatever else it says only ends the part.
    const isOver = end.kind === 'unknown' || (end.kind === 'no-such-version' && suites.length === 0);
    list = { ...list, groups, end: isOver ? end : list.end };
    if (isOver) break;
  }
  return list;
}

function describeQuestion({ version, serverName, plain = false }: PostureQuestion) {
  return { version, serverName, plain };
}

async function takeOneByOne(
  asker: Asker,
  question: PostureQuestion,
  groupsMet: readonly number[] = [],
): Promise<SuiteList> {
  const { version } = question;
  const left = new Set(sortWeakestFirst(question.cipherSuites));
  const suites: number[] = [];
  const groups = [...groupsMet];
  const list = { ...describeQuestion(question), suites, inParts: false, groups };
  while (left.size > 0) {
    const offered = [...listGroupCandidates(version).filter((id) => !groups.includes(id)), ...groups];
    const reply = await askVersion(
      asker,
      { ...question, cipherSuites: [...left], groups: offered },
      'certificate',
    );
    if (reply.kind !== 'answer') return { ...list, end: reply };
    const { cipherSuite } = reply.answer;
    if (!left.delete(cipherSuite)) {
      const reason = `the server chose suite ${cipherSuite}, which was not offered`;
      return { ...list, end: { kind: 'unknown', reason } };
    }
    suites.push(cipherSuite);
    const group = groupOf(reply.answer);
    if (group !== null && !groups.includes(group)) groups.push(group);
  }
  return { ...list, end: { kind: 'refused' } };
}
