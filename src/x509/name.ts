import { ATTRIBUTE_TYPES } from './attribute-types.js';
import { readOid } from './der/oid.js';
import { readText } from './der/text.js';
import { type DerElement, encodingOf, readChildren, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { toHex } from './hex.js';
import type { DistinguishedName, NameAttribute } from './parsed-certificate.js';

/**
 * Reads a Name (RFC 5280, section 4.1.2.4); `what` names it in oddities. A name whose inside is broken keeps its bytes
 * and what could be read.
 */
export function readName(element: DerElement | undefined, what: string): DistinguishedName {
  const sequence = requireTag(element, TAG.sequence, what);
  const relativeNames: NameAttribute[][] = [];
  let isComplete = true;
  try {
    for (const set of readChildren(sequence)) {
      const attributes = readChildren(requireTag(set, TAG.set, `a relative name of the ${what}`));
      relativeNames.push(attributes.map((attribute) => readAttribute(attribute, what)));
    }
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    sequence.source.oddities.add(`the ${what} cannot be read to its end: ${error.message}`);
    isComplete = false;
  }
  return { der: encodingOf(sequence), relativeNames, isComplete };
}

/** Writes a name as RFC 4514 text, the most specific relative name first. */
export function formatName(name: DistinguishedName): string {
  let text = '';
  for (let at = name.relativeNames.length - 1; at >= 0; at--) {
    const relativeName = name.relativeNames[at] ?? [];
    text += text === '' ? '' : ',';
    text +=
      relativeName.length === 1 && relativeName[0]
        ? formatAttribute(relativeName[0])
        : relativeName.map(formatAttribute).join('+');
  }
  return text;
}

/** Whether two names are the same but for case, white space and string types (RFC 5280, section 7.1). */
export function isSameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return Buffer.compare(a.der, b.der) === 0 || foldName(a) === foldName(b);
}

/** Whether `name` is `base` or lies below it in the directory (RFC 5280, section 4.2.1.10). */
export function isWithinName(name: DistinguishedName, base: DistinguishedName): boolean {
  if (name.relativeNames.length < base.relativeNames.length) return false;
  return base.relativeNames.every((relativeName, at) => {
    return foldRelativeName(relativeName) === foldRelativeName(name.relativeNames[at] ?? []);
  });
}

/** A text that is equal for two names exactly when they are the same name: the key to look names up by. */
export function foldName(name: DistinguishedName): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  // A broken name is the same as none but its own copies.
  const text = name.isComplete ? name.relativeNames.map(foldRelativeName).join(',') : `#${toHex(name.der)}`;
  folded.set(name, text);
  return text;
}

/** The value of the most specific attribute of a type; null: there is none, or it is empty or no text. */
export function findAttribute(name: DistinguishedName, oid: string): string | null {
  for (let at = name.relativeNames.length - 1; at >= 0; at--) {
    const attribute = name.relativeNames[at]?.findLast((each) => each.oid === oid);
    if (attribute) return attribute.value === '' ? null : attribute.value;
  }
  return null;
}

const folded = new WeakMap<DistinguishedName, string>();

function readAttribute(element: DerElement, what: string): NameAttribute {
  const [type, value] = readChildren(requireTag(element, TAG.sequence, `an attribute of the ${what}`));
  const oid = readOid(type, `an attribute of the ${what}`);
  if (value === undefined) throw new DerError(`an attribute of the ${what} has no value`);
  const text = readText(value, `an attribute of the ${what}`);
  return { oid, type: ATTRIBUTE_TYPES[oid] ?? oid, value: text ?? '', der: encodingOf(value) };
}

function formatAttribute(attribute: NameAttribute): string {
  // RFC 4514, section 2.4: without a short name, or without a string, the encoding is shown.
  const isEncoded = attribute.type === attribute.oid || !isText(attribute);
  return `${attribute.type}=${isEncoded ? `#${toHex(attribute.der)}` : escapeValue(attribute.value)}`;
}

function escapeValue(value: string): string {
  if (!/[",+;<>\\\0]|^[ #]| $/.test(value)) return value;
  return value.replace(/["+,;<>\\]|^[ #]| $/g, '\\$&').replaceAll('\0', '\\00');
}

/** A SET has no order, so its members are sorted; lengths keep hostile values from posing as separators. */
function foldRelativeName(attributes: readonly NameAttribute[]): string {
  const members = attributes.map((attribute) => {
    if (!isText(attribute)) return `${attribute.oid}#${toHex(attribute.der)}`;
    const value = foldValue(attribute.value);
    return `${attribute.oid}=${value.length}:${value}`;
  });
  return members.length === 1 ? (members[0] ?? '') : members.sort().join('+');
}

/** RFC 4518 as far as names in use need it: compatibility forms, case, and runs of white space. */
function foldValue(value: string): string {
  return value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const TEXT_TAGS: ReadonlySet<number | undefined> = new Set([
  TAG.utf8String,
  TAG.numericString,
  TAG.printableString,
  TAG.t61String,
  TAG.ia5String,
  TAG.visibleString,
  TAG.universalString,
  TAG.bmpString,
]);

function isText(attribute: NameAttribute): boolean {
  return TEXT_TAGS.has(attribute.der[0]);
}
