import type { Check } from '../check.js';
import { listNames } from '../list-names.js';
import { readPatterns } from '../pattern.js';

/** The certificate holds a name that the policy forbids, or none that it demands. */
export const unapprovedName: Check = {
  id: 'unapproved-name',
  severity: 'medium',
  subject: 'certificate',
  title: 'The names in the certificate are not those that the policy allows',
  citation: 'NIST SP 1800-16B, section 5.1; names of the policy',
  advice:
    'Have the certificate issued anew with names as the policy has them. If they are right as they are, change names in the policy.',
  run({ leaf, policy }) {
    const { forbidden, required } = policy.names;
    if (forbidden.length === 0 && required.length === 0) return null;
    const { commonName, fingerprintSha256, subjectAltNames } = leaf.facts;
    const alternatives = subjectAltNames.flatMap((name) => /^(?:DNS|IP):(.*)$/s.exec(name)?.[1] ?? []);
    const names = [...new Set(commonName === null ? alternatives : [...alternatives, commonName])];
    const wrong = names.filter(readPatterns(forbidden));
    if (wrong.length > 0) {
      return {
        subject: fingerprintSha256,
        message: `certificate is for ${listNames(wrong)}, which the policy forbids`,
      };
    }
    if (required.length === 0 || names.some(readPatterns(required))) return null;
    return {
      subject: fingerprintSha256,
      message: `certificate is for ${names.length === 0 ? 'no name' : listNames(names)}, the policy demands ${listNames(required)}`,
    };
  },
};
