import { readBoolean } from './der/boolean.js';
import { readOid } from './der/oid.js';
import { contentOf, type DerElement, readChildren, readWrapped, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import type { ExtensionFields, ExtensionReader } from './extension-reader.js';
import * as registry from './extensions/index.js';
import type { Extension } from './parsed-certificate.js';

/** What a certificate's extensions say. */
export interface Extensions extends ExtensionFields {
  readonly extensions: readonly Extension[];
  readonly unhandledExtensions: readonly string[];
}

const NO_FIELDS: ExtensionFields = {
  subjectAltNames: null,
  basicConstraints: null,
  keyUsage: null,
  extendedKeyUsage: null,
  subjectKeyIdentifier: null,
  authorityKeyIdentifier: null,
  ocspUrls: [],
  issuerUrls: [],
  crlUrls: [],
  policies: [],
  policyMappings: [],
  policyConstraints: null,
  inhibitAnyPolicy: null,
  nameConstraints: null,
  tlsFeatures: [],
  sctCount: 0,
};

/** What a certificate without extensions says. */
export const NO_EXTENSIONS: Extensions = { ...NO_FIELDS, extensions: [], unhandledExtensions: [] };

const READERS: ReadonlyMap<string, ExtensionReader> = new Map(
  Object.values<ExtensionReader>(registry).map((reader) => [reader.oid, reader]),
);

/** Where an extension cannot be told from others because its own frame is broken. */
const UNREADABLE = 'unreadable';

/** Reads Extensions (RFC 5280, section 4.1.2.9) as far as they can be read; the rest is noted. */
export function readExtensions(element: DerElement): Extensions {
  const fields: ExtensionFields = { ...NO_FIELDS };
  const unhandled = new Set<string>();
  const frames = readFrames(element);
  if (frames.some((frame) => frame === null)) unhandled.add(UNREADABLE);
  const sound = frames.filter((frame) => frame !== null);
  const seen = new Set<string>();
  for (const frame of sound) {
    const isRepeated = seen.has(frame.extension.oid);
    seen.add(frame.extension.oid);
    if (!readInto(fields, frame, isRepeated)) unhandled.add(frame.extension.oid);
  }
  return {
    ...fields,
    extensions: sound.map((frame) => frame.extension),
    unhandledExtensions: [...unhandled],
  };
}

/** One extension and the OCTET STRING that wraps its value. */
interface Frame {
  readonly extension: Extension;
  readonly value: DerElement;
}

/** Adds what one extension says; false: it must be heeded and cannot be. */
function readInto(fields: ExtensionFields, { extension, value }: Frame, isRepeated: boolean): boolean {
  const { oddities } = value.source;
  const reader = READERS.get(extension.oid);
  if (isRepeated) {
    // RFC 5280, section 4.2: not more than one of a kind. The first counts here, but others may heed the last.
    oddities.add(`the extension ${reader?.name ?? extension.oid} occurs more than once`);
    return reader?.isRestriction !== true;
  }
  if (reader === undefined) return !extension.critical;
  try {
    Object.assign(fields, reader.read(readWrapped(value)));
    return true;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    oddities.add(`the extension ${reader.name} cannot be read: ${error.message}`);
    return !extension.critical && reader.isRestriction !== true;
  }
}

/** The extensions as sent; null stands for one that cannot be read, or for a list that cannot be. */
function readFrames(element: DerElement): readonly (Frame | null)[] {
  const list = tryRead(element, () => readChildren(requireTag(element, TAG.sequence, 'the list')));
  return list === null ? [null] : list.map((child) => tryRead(child, () => readFrame(child)));
}

function readFrame(element: DerElement): Frame {
  const fields = readChildren(requireTag(element, TAG.sequence, 'an extension'));
  const hasCritical = fields[1]?.tag === TAG.boolean;
  const value = requireTag(fields[hasCritical ? 2 : 1], TAG.octetString, "an extension's value");
  const oid = readOid(fields[0], 'an extension');
  const critical = hasCritical && readBoolean(fields[1], "an extension's critical mark");
  return { extension: { oid, critical, value: contentOf(value) }, value };
}

function tryRead<T>(element: DerElement, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    element.source.oddities.add(`extensions cannot be read to their end: ${error.message}`);
    return null;
  }
}
