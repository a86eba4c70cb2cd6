import { decodeOid, readOid } from './der/oid.js';
import { decodeText } from './der/text.js';
import { contentOf, type DerElement, encodingOf, readChildren, readDer, readWrapped } from './der.js';
import { DerError } from './der-error.js';
import { toHex } from './hex.js';
import { formatIpAddress } from './ip-address.js';
import { formatName, readName } from './name.js';
import type { GeneralName } from './parsed-certificate.js';

/** Context tags of GeneralName (RFC 5280, section 4.2.1.6). */
const GENERAL_NAME_TAG = {
  other: 0xa0,
  email: 0x81,
  dns: 0x82,
  directory: 0xa4,
  uri: 0x86,
  ip: 0x87,
  registeredId: 0x88,
};

/** Reads a GeneralName; `what` names it in oddities. */
export function readGeneralName(element: DerElement, what: string): GeneralName {
  switch (element.tag) {
    case GENERAL_NAME_TAG.email:
      return { kind: 'email', value: decodeText(element, `an email name of the ${what}`) };
    case GENERAL_NAME_TAG.dns:
      return { kind: 'dns', value: decodeText(element, `a DNS name of the ${what}`) };
    case GENERAL_NAME_TAG.uri:
      return { kind: 'uri', value: decodeText(element, `a URI of the ${what}`) };
    case GENERAL_NAME_TAG.ip:
      return { kind: 'ip', octets: contentOf(element) };
    case GENERAL_NAME_TAG.directory:
      return { kind: 'directory', name: readName(readWrapped(element), `directory name of the ${what}`) };
    default:
      return { kind: 'other', tag: element.tag, der: encodingOf(element) };
  }
}

/** Reads the GeneralNames that an element consists of, whatever its own tag. */
export function readGeneralNames(element: DerElement, what: string): readonly GeneralName[] {
  return readChildren(element).map((child) => readGeneralName(child, what));
}

/** Writes a GeneralName as the record has it: `DNS:a.example`, `IP:192.0.2.1`. */
export function formatGeneralName(name: GeneralName): string {
  switch (name.kind) {
    case 'dns':
      return `DNS:${name.value}`;
    case 'email':
      return `email:${name.value}`;
    case 'uri':
      return `URI:${name.value}`;
    case 'ip':
      return `IP:${formatIpAddress(name.octets) ?? `#${toHex(name.octets)}`}`;
    case 'directory':
      return `DirName:${formatName(name.name)}`;
    case 'other':
      return formatOther(name.tag, name.der);
  }
}

/** Names of other kinds are told by their type alone: what they hold is a matter of that type. */
function formatOther(tag: number, der: Uint8Array): string {
  try {
    const element = readDer(der);
    if (tag === GENERAL_NAME_TAG.registeredId) return `RID:${decodeOid(element, 'registered identifier')}`;
    if (tag === GENERAL_NAME_TAG.other) return `other:${readOid(readChildren(element)[0], 'other name')}`;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return `other:#${toHex(der)}`;
}
