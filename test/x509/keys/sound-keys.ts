import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readKey } from './read-key.js';

const rsa = (modulusLength: number, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey;
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey;

const KEYS: Readonly<Record<string, KeyObject>> = {
  'RSA-1024': rsa(1024),
  'RSA-2048': rsa(2048),
  'RSA-2048 with exponent 3': rsa(2048, 3),
  'RSA-3072': rsa(3072),
  'EC P-256': ec('P-256'),
  'EC P-384': ec('P-384'),
  'EC P-521': ec('P-521'),
  'EC secp256k1': ec('secp256k1'),
  'EC brainpoolP256r1': ec('brainpoolP256r1'),
  Ed25519: generateKeyPairSync('ed25519').publicKey,
  Ed448: generateKeyPairSync('ed448').publicKey,
};

/** Keys fresh from a sound generator, by name. */
export const SOUND_KEYS = Object.entries(KEYS).map(([name, key]) => [name, readKey(key)] as const);
