import { readOid } from '../der/oid.js';
import { type DerElement, readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';
import { readGeneralName } from '../general-name.js';

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

/** Where to ask for revocation and to fetch the issuer (RFC 5280, section 4.2.2.1). */
export const authorityInfoAccess: ExtensionReader = {
  oid: '1.3.6.1.5.5.7.1.1',
  name: 'authorityInfoAccess',
  read(value) {
    const ocspUrls: string[] = [];
    const issuerUrls: string[] = [];
    for (const description of readChildren(requireTag(value, TAG.sequence, 'authorityInfoAccess'))) {
      const { method, url } = readDescription(description);
      if (url === null) continue;
      if (method === OCSP) ocspUrls.push(url);
      else if (method === CA_ISSUERS) issuerUrls.push(url);
    }
    return { ocspUrls, issuerUrls };
  },
};

function readDescription(description: DerElement): { method: string; url: string | null } {
  const [method, location] = readChildren(requireTag(description, TAG.sequence, 'an access description'));
  const name = location && readGeneralName(location, 'authorityInfoAccess');
  return { method: readOid(method, 'an access method'), url: name?.kind === 'uri' ? name.value : null };
}
