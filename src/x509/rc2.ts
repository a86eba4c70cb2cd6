import { DerError } from './der-error.js';

// Why own code: Windows and older Java encrypt the certificates of a PKCS#12 file with RC2 of 40 bits, and OpenSSL 3
// has that cipher in a provider only that Node.js does not load.

/** Octets of a block. */
const BLOCK = 8;

/** The pseudo-random permutation of key expansion (RFC 2268, section 2). */
const PI_TABLE = Buffer.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
  'hex',
);

/** By how much each of the four words is rotated when mixed (RFC 2268, section 3.1). */
const ROTATIONS = [1, 2, 3, 5] as const;

/**
 * Decrypts RC2 in CBC mode (RFC 2268) and takes off the padding of RFC 5652, section 6.3. The effective length of the
 * key is that of the key itself. Throws DerError when length or padding is wrong, as it is with a wrong key.
 */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Buffer {
  if (ciphertext.length === 0 || ciphertext.length % BLOCK !== 0)
    throw new DerError(`encrypted data of ${ciphertext.length} octets is no whole number of blocks`);
  const schedule = expandKey(key);
  const plain = Buffer.alloc(ciphertext.length);
  const source = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.length);
  const words = new Uint16Array(4);
  for (let at = 0; at < source.length; at += BLOCK) {
    for (let i = 0; i < 4; i++) words[i] = source.readUInt16LE(at + 2 * i);
    decryptBlock(words, schedule);
    for (let i = 0; i < 4; i++) plain.writeUInt16LE(words[i] ?? 0, at + 2 * i);
    for (let i = 0; i < BLOCK; i++) {
      const before = at === 0 ? iv[i] : source[at - BLOCK + i];
      plain[at + i] = (plain[at + i] ?? 0) ^ (before ?? 0);
    }
  }
  const padding = plain[plain.length - 1] ?? 0;
  const isPadded = padding >= 1 && padding <= BLOCK;
  if (!isPadded || !plain.subarray(-padding).every((octet) => octet === padding))
    throw new DerError('the padding of decrypted data is wrong');
  return plain.subarray(0, -padding);
}

/** RFC 2268, section 2. */
function expandKey(key: Uint8Array): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key.subarray(0, octets.length));
  for (let i = key.length; i < octets.length; i++)
    octets[i] = PI_TABLE[((octets[i - 1] ?? 0) + (octets[i - key.length] ?? 0)) & 0xff] ?? 0;
  // The effective length is a whole number of octets here, so that no bits of the first are masked away.
  const first = octets.length - key.length;
  octets[first] = PI_TABLE[octets[first] ?? 0] ?? 0;
  for (let i = first - 1; i >= 0; i--)
    octets[i] = PI_TABLE[(octets[i + 1] ?? 0) ^ (octets[i + key.length] ?? 0)] ?? 0;
  return Uint16Array.from({ length: 64 }, (_, i) => (octets[2 * i] ?? 0) | ((octets[2 * i + 1] ?? 0) << 8));
}

/** RFC 2268, section 4: five rounds of mixing backwards, mashing, six, mashing, five. */
function decryptBlock(words: Uint16Array, schedule: Uint16Array): void {
  let next = 63;
  for (let round = 0; round < 16; round++) {
    if (round === 5 || round === 11) mashBackwards(words, schedule);
    for (let i = 3; i >= 0; i--) {
      const turn = ROTATIONS[i] ?? 0;
      const word = words[i] ?? 0;
      const rotated = (word >>> turn) | (word << (16 - turn));
      const [one, two, three] = [words[(i + 3) & 3] ?? 0, words[(i + 2) & 3] ?? 0, words[(i + 1) & 3] ?? 0];
      words[i] = rotated - (schedule[next--] ?? 0) - (one & two) - (~one & three);
    }
  }
}

function mashBackwards(words: Uint16Array, schedule: Uint16Array): void {
  for (let i = 3; i >= 0; i--) words[i] = (words[i] ?? 0) - (schedule[(words[(i + 3) & 3] ?? 0) & 63] ?? 0);
}
