import { makeSetup } from '../../fixtures/corpus/make-setup.js';
import { encodeDer, TAG } from '../../fixtures/encode-der.js';
import type { CheckCase } from './check-case.js';

const negative = { serialNumber: encodeDer(TAG.integer, Buffer.from('8123', 'hex')) };
const padded = encodeDer(TAG.integer, Buffer.from('008123', 'hex'));

/** Cases of the finding about how certificates are written. */
export const ENCODING_CASES: readonly CheckCase[] = [
  {
    id: 'malformed-certificate',
    name: 'says in words what is odd about the certificate',
    fires: () => makeSetup({ bendLeaf: negative }),
    message: 'the certificate is not encoded as it should be: the serial number is negative',
    silent: () => makeSetup({ bendLeaf: { serialNumber: padded } }),
  },
  {
    id: 'malformed-certificate',
    name: 'only notes what is odd about an issuer, and leaves out roots',
    fires: () => makeSetup({ bendIntermediate: negative }),
    message: 'the issuer CN=Corp Issuing CA is not encoded as it should be: the serial number is negative',
    severity: 'info',
    silent: () => makeSetup({ bendRoot: negative }),
  },
];
