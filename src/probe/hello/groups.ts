/** Kinds of key-exchange groups. */
export type GroupKind = 'ec' | 'ec-char2' | 'montgomery' | 'gost' | 'ffdhe' | 'kem' | 'hybrid' | 'explicit';

/** One key-exchange group (supported group, named curve). */
export interface Group {
  readonly id: number;
  readonly name: string;
  readonly kind: GroupKind;
  /** Bits of the field or the prime; null where the word has no meaning. */
  readonly fieldBits: number | null;
  /** Estimate of the work to break it, as a power of two; for post-quantum groups the targeted category. */
  readonly securityBits: number | null;
  readonly strength: 'insecure' | 'weak' | 'secure' | 'recommended';
  /** Whether TLS 1.3 may use it (RFC 8446, section 4.2.7), and whether earlier versions may. */
  readonly tls13: boolean;
  readonly tls12: boolean;
}

type Row = readonly [number, string, GroupKind, number | null, number | null, Group['strength'], string];

/** The IANA TLS Supported Groups registry of September 2026; the last column: versions `12`, `13` or both. */
const TABLE: readonly Row[] = [
  [0x0001, 'sect163k1', 'ec-char2', 163, 80, 'insecure', '12'],
  [0x0002, 'sect163r1', 'ec-char2', 163, 80, 'insecure', '12'],
  [0x0003, 'sect163r2', 'ec-char2', 163, 80, 'insecure', '12'],
  [0x0004, 'sect193r1', 'ec-char2', 193, 96, 'insecure', '12'],
  [0x0005, 'sect193r2', 'ec-char2', 193, 96, 'insecure', '12'],
  [0x0006, 'sect233k1', 'ec-char2', 233, 112, 'weak', '12'],
  [0x0007, 'sect233r1', 'ec-char2', 233, 112, 'weak', '12'],
  [0x0008, 'sect239k1', 'ec-char2', 239, 119, 'weak', '12'],
  [0x0009, 'sect283k1', 'ec-char2', 283, 141, 'weak', '12'],
  [0x000a, 'sect283r1', 'ec-char2', 283, 141, 'weak', '12'],
  [0x000b, 'sect409k1', 'ec-char2', 409, 204, 'weak', '12'],
  [0x000c, 'sect409r1', 'ec-char2', 409, 204, 'weak', '12'],
  [0x000d, 'sect571k1', 'ec-char2', 571, 285, 'weak', '12'],
  [0x000e, 'sect571r1', 'ec-char2', 571, 285, 'weak', '12'],
  [0x000f, 'secp160k1', 'ec', 160, 80, 'insecure', '12'],
  [0x0010, 'secp160r1', 'ec', 160, 80, 'insecure', '12'],
  [0x0011, 'secp160r2', 'ec', 160, 80, 'insecure', '12'],
  [0x0012, 'secp192k1', 'ec', 192, 96, 'insecure', '12'],
  [0x0013, 'secp192r1', 'ec', 192, 96, 'insecure', '12'],
  [0x0014, 'secp224k1', 'ec', 224, 112, 'weak', '12'],
  [0x0015, 'secp224r1', 'ec', 224, 112, 'weak', '12'],
  [0x0016, 'secp256k1', 'ec', 256, 128, 'weak', '12'],
  [0x0017, 'secp256r1', 'ec', 256, 128, 'recommended', '12 13'],
  [0x0018, 'secp384r1', 'ec', 384, 192, 'recommended', '12 13'],
  [0x0019, 'secp521r1', 'ec', 521, 256, 'secure', '12 13'],
  [0x001a, 'brainpoolP256r1', 'ec', 256, 128, 'secure', '12'],
  [0x001b, 'brainpoolP384r1', 'ec', 384, 192, 'secure', '12'],
  [0x001c, 'brainpoolP512r1', 'ec', 512, 256, 'secure', '12'],
  [0x001d, 'x25519', 'montgomery', 255, 128, 'recommended', '12 13'],
  [0x001e, 'x448', 'montgomery', 448, 224, 'recommended', '12 13'],
  [0x001f, 'brainpoolP256r1tls13', 'ec', 256, 128, 'secure', '13'],
  [0x0020, 'brainpoolP384r1tls13', 'ec', 384, 192, 'secure', '13'],
  [0x0021, 'brainpoolP512r1tls13', 'ec', 512, 256, 'secure', '13'],
  [0x0022, 'GC256A', 'gost', 256, 128, 'secure', '12 13'],
  [0x0023, 'GC256B', 'gost', 256, 128, 'secure', '12 13'],
  [0x0024, 'GC256C', 'gost', 256, 128, 'secure', '12 13'],
  [0x0025, 'GC256D', 'gost', 256, 128, 'secure', '12 13'],
  [0x0026, 'GC512A', 'gost', 512, 256, 'secure', '12 13'],
  [0x0027, 'GC512B', 'gost', 512, 256, 'secure', '12 13'],
  [0x0028, 'GC512C', 'gost', 512, 256, 'secure', '12 13'],
  [0x0029, 'curveSM2', 'ec', 256, 128, 'secure', '13'],
  [0x0100, 'ffdhe2048', 'ffdhe', 2048, 103, 'secure', '12 13'],
  [0x0101, 'ffdhe3072', 'ffdhe', 3072, 125, 'secure', '12 13'],
  [0x0102, 'ffdhe4096', 'ffdhe', 4096, 150, 'secure', '12 13'],
  [0x0103, 'ffdhe6144', 'ffdhe', 6144, 175, 'secure', '12 13'],
  [0x0104, 'ffdhe8192', 'ffdhe', 8192, 192, 'secure', '12 13'],
  [0x0200, 'MLKEM512', 'kem', null, 128, 'secure', '13'],
  [0x0201, 'MLKEM768', 'kem', null, 192, 'secure', '13'],
  [0x0202, 'MLKEM1024', 'kem', null, 256, 'secure', '13'],
  [0x11e9, 'SecP256r1MLKEM512', 'hybrid', null, 128, 'secure', '13'],
  [0x11ea, 'MLKEM512X25519', 'hybrid', null, 128, 'secure', '13'],
  [0x11eb, 'SecP256r1MLKEM768', 'hybrid', null, 192, 'recommended', '13'],
  [0x11ec, 'X25519MLKEM768', 'hybrid', null, 192, 'recommended', '13'],
  [0x11ed, 'SecP384r1MLKEM1024', 'hybrid', null, 256, 'recommended', '13'],
  [0x11ee, 'curveSM2MLKEM768', 'hybrid', null, 192, 'secure', '13'],
  [0x6399, 'X25519Kyber768Draft00', 'hybrid', null, 192, 'weak', '13'],
  [0x639a, 'SecP256r1Kyber768Draft00', 'hybrid', null, 192, 'weak', '13'],
  [0x4138, 'CECPQ2', 'hybrid', null, 128, 'weak', '13'],
  [0xff01, 'arbitrary_explicit_prime_curves', 'explicit', null, null, 'insecure', '12'],
  [0xff02, 'arbitrary_explicit_char2_curves', 'explicit', null, null, 'insecure', '12'],
];

/** Every known group, by number. */
export const GROUPS: ReadonlyMap<number, Group> = new Map(
  TABLE.map(([id, name, kind, fieldBits, securityBits, strength, versions]) => [
    id,
    {
      id,
      name,
      kind,
      fieldBits,
      securityBits,
      strength,
      tls13: versions.includes('13'),
      tls12: versions.includes('12'),
    },
  ]),
);

/** The group's registered name, or `group-0x1234` for a number that nobody registered. */
export function groupName(id: number): string {
  return GROUPS.get(id)?.name ?? `group-0x${id.toString(16).padStart(4, '0')}`;
}
