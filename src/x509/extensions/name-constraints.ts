import { type DerElement, readChildren, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';
import type { ExtensionReader } from '../extension-reader.js';
import { readGeneralName } from '../general-name.js';
import type { GeneralName } from '../parsed-certificate.js';

const PERMITTED_TAG = 0xa0;
const EXCLUDED_TAG = 0xa1;

/** Which names a CA may certify (RFC 5280, section 4.2.1.10). */
export const nameConstraints: ExtensionReader = {
  oid: '2.5.29.30',
  name: 'nameConstraints',
  isRestriction: true,
  read(value) {
    const lists = readChildren(requireTag(value, TAG.sequence, 'nameConstraints'));
    const readList = (tag: number) =>
      lists.filter((list) => list.tag === tag).flatMap((list) => readChildren(list).map(readBase));
    return { nameConstraints: { permitted: readList(PERMITTED_TAG), excluded: readList(EXCLUDED_TAG) } };
  },
};

/** The distances minimum and maximum are not used (RFC 5280, section 4.2.1.10). */
function readBase(subtree: DerElement): GeneralName {
  const [base] = readChildren(requireTag(subtree, TAG.sequence, 'a name constraint'));
  if (base === undefined) throw new DerError('a name constraint is empty');
  return readGeneralName(base, 'nameConstraints');
}
