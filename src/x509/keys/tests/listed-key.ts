import { debianKeyList } from '../debian-key-list.js';
import { digestModulus } from '../key-list.js';
import type { KeyTest } from '../key-test.js';

/**
 * The key is on a list: that of all keys that Debian's OpenSSL could make from 2006 to 2008, when its generator knew
 * 32,768 seeds (CVE-2008-0166), or one of the user's own. A size without a list is not tested.
 */
export const listedKey: KeyTest = {
  title: 'Lists of weak keys',
  citation: 'CVE-2008-0166; BR 6.1.1.3',
  run({ publicKey, rsa, lists }) {
    if (publicKey.rsa === null || rsa === null) return null;
    const known = debianKeyList(rsa.bits);
    if (known === null && lists.length === 0) return null;
    const digest = digestModulus(publicKey.rsa.modulus);
    if (known?.has(digest)) {
      return {
        id: 'debian-weak-key',
        text: 'is one of the few that Debian systems made from 2006 to 2008: its private key is public',
        severity: 'critical',
      };
    }
    const list = lists.find((each) => each.has(digest));
    if (list === undefined) return null;
    const text = `is on the list of weak keys ${list.name}: its private key is known`;
    return { id: 'debian-weak-key', text, severity: 'critical' };
  },
};
