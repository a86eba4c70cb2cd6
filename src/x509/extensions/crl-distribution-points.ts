import { type DerElement, readChildren, readWrapped, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';
import { readGeneralNames } from '../general-name.js';

const DISTRIBUTION_POINT_TAG = 0xa0;
const FULL_NAME_TAG = 0xa0;

/** Where revocation lists are to be had (RFC 5280, section 4.2.1.13). */
export const crlDistributionPoints: ExtensionReader = {
  oid: '2.5.29.31',
  name: 'cRLDistributionPoints',
  read(value) {
    const points = readChildren(requireTag(value, TAG.sequence, 'cRLDistributionPoints'));
    return { crlUrls: points.flatMap(readUrls) };
  },
};

function readUrls(point: DerElement): readonly string[] {
  const [name] = readChildren(requireTag(point, TAG.sequence, 'a distribution point'));
  if (name?.tag !== DISTRIBUTION_POINT_TAG) return [];
  const choice = readWrapped(name);
  if (choice.tag !== FULL_NAME_TAG) return [];
  return readGeneralNames(choice, 'cRLDistributionPoints').flatMap((each) =>
    each.kind === 'uri' ? [each.value] : [],
  );
}
