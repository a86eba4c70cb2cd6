import { type Posture, TLS_VERSIONS, type TlsVersion } from '../../model/posture.js';
import type { DiscoveryHello } from '../hello/discovery-hello.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { newAnswerNotes, noteAnswer } from './answer-notes.js';
import { type Answered, answered, moot, unanswered } from './answered.js';
import type { ListEnd } from './ask-version.js';
import { type Asker, createAsker, type OpenStream } from './asker.js';
import { findCompression } from './compression.js';
import { listCurves } from './curve-list.js';
import { findFallbackScsv } from './fallback-scsv.js';
import { listAlpn } from './list-alpn.js';
import { askForOtherCertificates } from './other-certificates.js';
import type { PostureQuestion } from './posture-hello.js';
import { findPreference, type Preference } from './preference.js';
import { findSslv2Support } from './sslv2-support.js';
import { listSuites, type SuiteList } from './suite-list.js';
import { listTls13 } from './tls13-list.js';
import { writePosture } from './write-posture.js';

/** What to ask, and what it may cost. */
export interface PostureOptions {
  /** The name to send; null: none. Never an IP literal. */
  readonly serverName: string | null;
  /** The version of a handshake that came about before; absent: none did. */
  readonly knownVersion?: string;
  /** `tls`, or the STARTTLS protocol: decides which application protocols are worth offering. */
  readonly protocol: string;
  /** For one connection, milliseconds; the whole may take `POSTURE_TIMEOUTS` times as long. */
  readonly timeoutMs: number;
  /** Connections open to the server at one time; default `CONNECTIONS_AT_ONCE`. */
  readonly connectionsAtOnce?: number;
}

/** What was found, and the chains with it. */
export interface PostureResult {
  readonly posture: Posture;
  /** Each distinct chain that was presented: DER as sent, in sent order. */
  readonly presentedChains: readonly (readonly Uint8Array[])[];
}

/** As many as a browser opens to one server: nothing that a server would mind. */
export const CONNECTIONS_AT_ONCE = 4;

/** One version before TLS 1.3, with who decides in it. */
export interface OldVersion {
  readonly version: ProtocolVersion;
  readonly list: SuiteList;
  readonly preference: Preference;
}

/**
 * Asks a server for its versions, suites, groups and features, each question on a connection of its own, in few
 * questions: versions first, as what they showed makes most others needless. What goes wrong on the way leaves questions
 * open and the rest as it is; it throws only when the scan is cancelled.
 */
export async function probePosture(open: OpenStream, options: PostureOptions): Promise<PostureResult> {
  const { serverName, timeoutMs, protocol } = options;
  const notes = newAnswerNotes();
  const asker = createAsker(open, {
    serverName,
    knownHello: helloOf(options.knownVersion),
    timeoutMs,
    connectionsAtOnce: options.connectionsAtOnce ?? CONNECTIONS_AT_ONCE,
    answered: (answer) => noteAnswer(notes, answer),
  });
  const listOld = (version: ProtocolVersion) => listVersion(asker, version, serverName);

  // The newer versions come first: how they take a long hello tells what a refusal of older ones means.
  const [tls13, tls12] = await Promise.all([listNewest(asker, serverName), listOld('TLSv1.2')]);
  const [tls11, tls10, sslv3, sslv2] = await Promise.all([
    listOld('TLSv1.1'),
    listOld('TLSv1'),
    listOld('SSLv3'),
    findSslv2Support(asker),
  ]);

  const old = [tls12, tls11, tls10, sslv3];
  const offered: Record<TlsVersion, Answered> = {
    SSLv2: sslv2.offered,
    SSLv3: isOffered(sslv3.list.suites, sslv3.list.end),
    TLSv1: isOffered(tls10.list.suites, tls10.list.end),
    'TLSv1.1': isOffered(tls11.list.suites, tls11.list.end),
    'TLSv1.2': isOffered(tls12.list.suites, tls12.list.end),
    'TLSv1.3': isOffered(tls13.list.suites, tls13.list.suitesEnd),
  };
  const tls13Question: PostureQuestion = { version: 'TLSv1.3', serverName, cipherSuites: tls13.list.suites };
  const newestOld = old.find(({ list }) => list.suites.length > 0);
  const best = newestOld ? questionOf(newestOld) : tls13Question;
  const hasExtensions = best.cipherSuites.length > 0 && best.version !== 'SSLv3' && !best.plain;
  const [curves, compression, fallbackScsv, alpn] = await Promise.all([
    newestOld && newestOld.version !== 'SSLv3'
      ? listCurves(asker, newestOld.list, newestOld.preference.order)
      : null,
    newestOld ? findCompression(asker, best) : withoutOldVersion(offered, 'TLS 1.3 has no compression'),
    findFallback(asker, offered, old),
    hasExtensions ? listAlpn(asker, best, protocol) : moot('no version with extensions is offered'),
    newestOld || tls13.list.suites.length === 0
      ? null
      : askForOtherCertificates(asker, tls13.list.suites, serverName),
  ]);

  return {
    posture: await writePosture({
      connections: asker.connections,
      notes,
      offered,
      sslv2Kinds: sslv2.cipherKinds,
      old,
      tls13: { ...tls13.list, preference: tls13.preference },
      curves: curves && newestOld ? { ...curves, version: newestOld.version } : null,
      compression,
      fallbackScsv,
      alpn,
    }),
    presentedChains: [...notes.chains.values()].map(({ presentedChain }) => presentedChain),
  };
}

/** The discovery hello that leads to a version, also where the server minds extensions. */
function helloOf(version: string | undefined): DiscoveryHello {
  switch (version) {
    case 'TLSv1':
      return 'plain';
    case 'SSLv3':
      return 'sslv3';
    default:
      return 'modern';
  }
}

async function listVersion(
  asker: Asker,
  version: ProtocolVersion,
  serverName: string | null,
): Promise<OldVersion> {
  const list = await listSuites(asker, version, serverName);
  return { version, list, preference: await findPreference(asker, questionOf({ list }), list.inParts) };
}

async function listNewest(asker: Asker, serverName: string | null) {
  const list = await listTls13(asker, serverName);
  const question: PostureQuestion = { version: 'TLSv1.3', serverName, cipherSuites: list.suites };
  return { list, preference: await findPreference(asker, question, false) };
}

/** A question that the server accepts. */
function questionOf({ list }: Pick<OldVersion, 'list'>): PostureQuestion {
  const { version, serverName, plain, suites } = list;
  return { version, serverName, plain, cipherSuites: suites };
}

/** Asks at the best version but one: a server that falls for that falls for all. */
async function findFallback(
  asker: Asker,
  offered: Readonly<Record<TlsVersion, Answered>>,
  old: readonly OldVersion[],
): Promise<Answered> {
  const versions = TLS_VERSIONS.filter((version) => offered[version].value).reverse();
  const second = old.find(({ version }) => version === versions[1]);
  if (second) return findFallbackScsv(asker, questionOf(second));
  const unsure = TLS_VERSIONS.some((version) => offered[version].value === null);
  const reason = 'takes two versions to tell, of which the lower is TLS 1.2 or older';
  return unsure ? unanswered(reason) : moot(reason);
}

function withoutOldVersion(offered: Readonly<Record<TlsVersion, Answered>>, reason: string): Answered {
  const unsure = TLS_VERSIONS.some((version) => version !== 'TLSv1.3' && offered[version].value === null);
  return unsure ? unanswered('it is not known whether an older version is offered') : moot(reason);
}

function isOffered(suites: readonly number[], end: ListEnd): Answered {
  if (suites.length > 0) return answered(true);
  return end.kind === 'unknown' ? unanswered(end.reason) : answered(false);
}
