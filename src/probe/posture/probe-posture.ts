import { type Posture, TLS_VERSIONS, type TlsVersion } from '../../model/posture.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { newAnswerNotes, noteAnswer } from './answer-notes.js';
import { type Answered, answered, moot, unanswered } from './answered.js';
import type { ListEnd } from './ask-version.js';
import { type Asker, createAsker, type OpenStream } from './asker.js';
import { findCompression } from './compression.js';
import { type CurveList, listCurves } from './curve-list.js';
import { findFallbackScsv } from './fallback-scsv.js';
import { listAlpn } from './list-alpn.js';
import { askForOtherCertificates } from './other-certificates.js';
import { findPreference, type Preference } from './preference.js';
import { findSslv2Support } from './sslv2-support.js';
import { listSuites, type SuiteList } from './suite-list.js';
import { listTls13 } from './tls13-list.js';
import { writePosture } from './write-posture.js';

/** What to ask, and what it may cost. */
export interface PostureOptions {
  /** The name to send; null: none. Never an IP literal. */
  readonly serverName: string | null;
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
  const newestOld = old.find(({ list }) => list.suites.length > 0);
  const best = newestOld
    ? { version: newestOld.version, cipherSuites: newestOld.list.suites, serverName }
    : { version: 'TLSv1.3' as const, cipherSuites: tls13.list.suites, serverName };
  const [curves, compression, fallbackScsv, alpn] = await Promise.all([
    newestOld ? findCurves(asker, newestOld, serverName) : null,
    newestOld
      ? findCompression(asker, newestOld.version, newestOld.list.suites, serverName)
      : withoutOldVersion(offered, 'TLS 1.3 has no compression'),
    findFallback(asker, offered, old, serverName),
    best.cipherSuites.length === 0 || best.version === 'SSLv3'
      ? moot('no version with extensions is offered')
      : listAlpn(asker, best, protocol),
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

async function listVersion(
  asker: Asker,
  version: ProtocolVersion,
  serverName: string | null,
): Promise<OldVersion> {
  const list = await listSuites(asker, version, serverName);
  const chosen = { chosen: list.suites, inParts: list.inParts };
  return { version, list, preference: await findPreference(asker, version, chosen, serverName) };
}

async function listNewest(asker: Asker, serverName: string | null) {
  const list = await listTls13(asker, serverName);
  const chosen = { chosen: list.suites, inParts: false };
  return { list, preference: await findPreference(asker, 'TLSv1.3', chosen, serverName) };
}

function findCurves(
  asker: Asker,
  { version, list, preference }: OldVersion,
  serverName: string | null,
): Promise<CurveList> | null {
  return version === 'SSLv3' ? null : listCurves(asker, list, preference.order, serverName);
}

/** Asks at the best version but one: a server that falls for that falls for all. */
async function findFallback(
  asker: Asker,
  offered: Readonly<Record<TlsVersion, Answered>>,
  old: readonly OldVersion[],
  serverName: string | null,
): Promise<Answered> {
  const versions = TLS_VERSIONS.filter((version) => offered[version].value).reverse();
  const second = old.find(({ version }) => version === versions[1]);
  if (second) return findFallbackScsv(asker, second.version, second.list.suites, serverName);
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
