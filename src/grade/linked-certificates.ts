import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';

/**
 * Finds which presented certificates help some client to build a path: those that name a helper before them as their
 * subject, from the leaf on. Returns their fingerprints.
 *
 * A certificate with the name of a path member counts only if it also has its key: a cross-signed twin helps, an old
 * key of the same CA does not. Names decide, not signatures, so the cost stays linear in what a peer can send.
 */
export function findLinkedCertificates(
  presented: readonly ParsedCertificate[],
  path: readonly ParsedCertificate[],
): ReadonlySet<string> {
  const keysOfPathMembers = new Map<string, Set<string>>();
  for (const { subject, facts } of path.slice(1)) {
    const keys = keysOfPathMembers.get(foldName(subject));
    // A CA that changed its key may be in the path with both.
    if (keys === undefined) keysOfPathMembers.set(foldName(subject), new Set([facts.spkiSha256]));
    else keys.add(facts.spkiSha256);
  }

  const bySubject = new Map<string, ParsedCertificate[]>();
  for (const certificate of presented) {
    const name = foldName(certificate.subject);
    if (keysOfPathMembers.get(name)?.has(certificate.facts.spkiSha256) === false) continue;
    const sameName = bySubject.get(name);
    if (sameName === undefined) bySubject.set(name, [certificate]);
    else sameName.push(certificate);
  }

  const linked = new Set<string>();
  const leaf = presented[0];
  if (leaf !== undefined) linked.add(leaf.facts.fingerprintSha256);
  const waiting = [...path, ...presented.slice(0, 1)].map((certificate) => foldName(certificate.issuer));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const issuer of bySubject.get(name) ?? []) {
      linked.add(issuer.facts.fingerprintSha256);
      waiting.push(foldName(issuer.issuer));
    }
    bySubject.delete(name);
  }
  return linked;
}
