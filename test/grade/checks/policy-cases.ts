import { createHash } from 'node:crypto';
import { makePki } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const approving = (line: string) => async () => trusted(await makePki(), { policy: `approvedCas: ${line}` });
const naming = (line: string) => async () => trusted(await makePki(), { policy: `names: ${line}` });

/** Cases of the findings that only a policy can bring about. */
export const POLICY_CASES: readonly CheckCase[] = [
  {
    id: 'unapproved-ca',
    name: 'goes by the names of CAs',
    fires: approving('{ issuers: ["CN=Other*"] }'),
    message: 'certificate was issued by CN=Corp Issuing CA, and no CA of its path is approved',
    silent: approving('{ issuers: ["CN=Other*", "cn=corp root"] }'),
  },
  {
    id: 'unapproved-ca',
    name: 'goes by fingerprints',
    fires: approving(`{ fingerprints: [${'ab'.repeat(32)}] }`),
    message: /no CA of its path is approved$/,
    silent: async () => {
      const pki = await makePki();
      const fingerprint = createHash('sha256').update(pki.intermediate.der).digest('hex').toUpperCase();
      return trusted(pki, { policy: `approvedCas: { fingerprints: ["${fingerprint}"] }` });
    },
  },
  {
    id: 'unapproved-ca',
    name: 'approves no CA where none is listed, and any where nothing is said',
    fires: approving('{}'),
    message: /no CA of its path is approved$/,
    silent: async () => trusted(await makePki()),
  },
  {
    id: 'unapproved-name',
    name: 'fires for a forbidden name',
    fires: naming('{ forbidden: ["*.test", "A.*"] }'),
    message: 'certificate is for a.example, which the policy forbids',
    silent: naming('{ forbidden: ["*.test"] }'),
  },
  {
    id: 'unapproved-name',
    name: 'fires where no name is one that is demanded',
    fires: naming('{ required: ["*.corp.example", "*.corp.test"] }'),
    message: /a\.example.*, the policy demands \*\.corp\.example, \*\.corp\.test$/,
    silent: naming('{ required: ["*.example"] }'),
  },
];
