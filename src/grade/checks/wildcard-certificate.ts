import type { Check } from '../check.js';
import { listNames } from '../list-names.js';

/** The certificate is good for any host below a domain: its key, once stolen, too. */
export const wildcardCertificate: Check = {
  id: 'wildcard-certificate',
  severity: 'info',
  subject: 'certificate',
  title: 'The certificate is a wildcard',
  citation: 'RFC 9525, section 7.1',
  advice:
    'Prefer a certificate that names each host, with a key of its own. Where a wildcard stays, know every machine that holds its key.',
  run({ leaf }) {
    const names = (leaf.subjectAltNames ?? []).flatMap((name) => (name.kind === 'dns' ? [name.value] : []));
    if (names.length === 0 && leaf.facts.commonName !== null) names.push(leaf.facts.commonName);
    const wildcards = names.filter((name) => name.startsWith('*.'));
    if (wildcards.length === 0) return null;
    return { subject: leaf.facts.fingerprintSha256, message: `certificate is for ${listNames(wildcards)}` };
  },
};
