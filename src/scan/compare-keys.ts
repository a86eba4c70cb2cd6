import { applyKeyChecks } from '../grade/apply-checks.js';
import { describeTwins } from '../grade/describe-twins.js';
import type { Policy } from '../grade/policy.js';
import type { Certificate } from '../model/certificate.js';
import type { Finding } from '../model/finding.js';
import type { Inventory } from '../store/inventory.js';
import type { CertificateFinding } from '../store/key-comparison.js';
import { parseCertificate } from '../x509/certificate.js';
import { makeAcceptKeyFindings } from './accept-key-findings.js';
import { type ComparedKey, collectKeys } from './collect-keys.js';
import { type KeyWaivers, makeKeyWaivers } from './key-waivers.js';
import { searchSharedPrimes } from './search-shared-primes.js';

/** What is compared, and how what is found is judged. */
export interface KeyComparisonRequest {
  readonly inventory: Inventory;
  readonly policy: Policy;
  /** The moment to judge for: waivers have an end. */
  readonly now: Date;
  /** Compares all keys with each other again, whatever was compared before. */
  readonly all: boolean;
  readonly signal: AbortSignal;
}

/** A certificate with what comparing its key brought to light. */
export interface ComparedCertificate {
  readonly certificate: Certificate;
  readonly findings: readonly Finding[];
}

/** What comparing all keys of an inventory brought to light. */
export interface KeyReport {
  /** Distinct keys of all kinds. */
  readonly keys: number;
  /** Distinct RSA keys that were compared for common primes, now or before. */
  readonly comparedKeys: number;
  /** Those of them that were not compared before. */
  readonly newKeys: number;
  /** RSA keys that were not compared: longer than any program takes, or no keys at all. */
  readonly passedOver: number;
  /** RSA keys by size, in bits, for which no list of Debian's weak keys is built in. */
  readonly unlisted: ReadonlyMap<number, number>;
  /** Certificates whose keys have a prime in common, by that prime. */
  readonly sharedPrimes: readonly (readonly ComparedCertificate[])[];
  /** Different certificates with the same key, where that is a finding. */
  readonly sharedKeys: readonly (readonly ComparedCertificate[])[];
  /** Different certificates that have issuer and serial number in common. */
  readonly reusedSerials: readonly (readonly Certificate[])[];
}

/**
 * Compares the keys of all certificates that an inventory holds, and saves what is found with them. Only keys that join
 * it are compared with all others; what was compared before is remembered.
 */
export async function compareKeys(request: KeyComparisonRequest): Promise<KeyReport> {
  const { all, inventory, now, policy, signal } = request;
  const waive = makeKeyWaivers(inventory, policy, now);
  const before = await inventory.keyComparison();
  const { rsaKeys, ...counts } = await collectKeys(inventory);
  const known = new Set(all ? [] : before.keys);
  const sharingBefore = new Set(all ? [] : before.sharing);
  const isKnown = ({ spkis }: ComparedKey) => spkis.some((spki) => known.has(spki));
  const fresh = rsaKeys.filter((key) => !isKnown(key));
  const rest = rsaKeys.filter(isKnown);
  const ordered = [...fresh, ...rest];
  const shared = await searchSharedPrimes(
    {
      fresh: fresh.map(({ modulus }) => modulus),
      known: rest.map(({ modulus }) => modulus),
      suspects: [...rest.keys()].filter((place) =>
        rest[place]?.spkis.some((spki) => sharingBefore.has(spki)),
      ),
    },
    signal,
  );

  const sharing = new Set(shared.places.flatMap((place) => ordered[place]?.spkis ?? []));
  const sharers = countSharers(shared.groups, shared.places);
  const sharersOf = new Map(
    [...sharers].flatMap(([place, count]) =>
      (ordered[place]?.spkis ?? []).map((spki) => [spki, count] as const),
    ),
  );
  const judged = new Map<string, readonly ComparedCertificate[]>();
  const inSharing = shared.places.map((place) => ordered[place]?.spkis ?? []);
  const withSharedKey: string[] = [];
  for (const spkis of [...counts.sharedKeys, ...inSharing]) {
    const [first = ''] = spkis;
    if (judged.has(first)) continue;
    const certificates = await judgeKey(inventory, spkis, sharersOf.get(first) ?? 0, policy, waive);
    judged.set(first, certificates);
    if (certificates.some(({ findings }) => findings.some(({ id }) => id === 'shared-key')))
      withSharedKey.push(first);
  }
  const findings: CertificateFinding[] = [...judged.values()]
    .flat()
    .flatMap((each) =>
      each.findings.map((finding) => ({ fingerprint: each.certificate.fingerprintSha256, finding })),
    );
  await inventory.saveKeyComparison(
    { keys: rsaKeys.flatMap(({ spkis }) => spkis), sharing: [...sharing] },
    findings,
  );
  const accept = await makeAcceptKeyFindings(inventory, now);
  for (const [first, certificates] of judged) {
    const accepted: ComparedCertificate[] = [];
    for (const { certificate, findings } of certificates)
      accepted.push({ certificate, findings: await accept(findings, certificate) });
    judged.set(first, accepted);
  }
  return {
    keys: counts.keys,
    comparedKeys: rsaKeys.length,
    newKeys: fresh.length,
    passedOver: counts.passedOver,
    unlisted: counts.unlisted,
    sharedPrimes: listGroups(shared.groups, shared.places).map((places) =>
      places.flatMap((place) => judged.get(ordered[place]?.spkis[0] ?? '') ?? []),
    ),
    sharedKeys: withSharedKey.map((first) => judged.get(first) ?? []),
    reusedSerials: groupSerials(await inventory.reusedSerials()),
  };
}

/** How many other keys each one shares a prime with. */
function countSharers(
  groups: readonly (readonly number[])[],
  places: readonly number[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const group of groups)
    for (const place of group) counts.set(place, (counts.get(place) ?? 0) + group.length - 1);
  // One that no group has, because there was too much to sort, shares with another all the same.
  return new Map(places.map((place) => [place, counts.get(place) ?? 1]));
}

/** Groups by prime, and all that could not be sorted in one more. */
function listGroups(
  groups: readonly (readonly number[])[],
  places: readonly number[],
): readonly (readonly number[])[] {
  const sorted = new Set(groups.flat());
  const unsorted = places.filter((place) => !sorted.has(place));
  return unsorted.length === 0 ? groups : [...groups, unsorted];
}

/** Judges every certificate that has a key, which may be encoded in several ways. */
async function judgeKey(
  inventory: Inventory,
  spkis: readonly string[],
  primeSharers: number,
  policy: Policy,
  waive: KeyWaivers,
): Promise<readonly ComparedCertificate[]> {
  const found: Certificate[] = [];
  const parsed = [];
  for (const spki of spkis) {
    for (const { certificate, der } of await inventory.certificatesWithKey(spki)) {
      found.push(certificate);
      parsed.push(parseCertificate(der));
    }
  }
  const twins = describeTwins(parsed);
  const judged: ComparedCertificate[] = [];
  for (const [index, certificate] of parsed.entries()) {
    const [facts, others] = [found[index], twins[index]];
    if (facts === undefined || others === undefined) continue;
    const findings = applyKeyChecks({ certificate, twins: others, primeSharers }, policy);
    judged.push({ certificate: facts, findings: await waive(findings, facts) });
  }
  return judged;
}

function groupSerials(certificates: readonly Certificate[]): readonly (readonly Certificate[])[] {
  const groups = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const name = JSON.stringify([certificate.issuer, certificate.serialNumber]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [certificate]);
    else group.push(certificate);
  }
  return [...groups.values()];
}
