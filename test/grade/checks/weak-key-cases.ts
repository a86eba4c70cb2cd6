import { createECDH, generateKeyPairSync } from 'node:crypto';
import { digestModulus } from '../../../src/x509/keys/key-list.js';
import { parseKeyList } from '../../../src/x509/keys/parse-key-list.js';
import WEAK_KEYS from '../../fixtures/weak-keys.json' with { type: 'json' };
import { encodeEcKey } from '../../x509/keys/encode-ec-key.js';
import { encodeRsaKey } from '../../x509/keys/encode-rsa-key.js';
import { makePki } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const P256 = '1.2.840.10045.3.1.7';

/** A server whose certificate holds a key that nobody need have. */
const withKey = async (subjectPublicKeyInfo: Uint8Array) =>
  trusted(await makePki({ leaf: { dnsNames: ['a.example'], subjectPublicKeyInfo } }));
const withRsa = (modulus: string | undefined, exponent?: bigint) =>
  withKey(encodeRsaKey(BigInt(`0x${modulus}`), exponent));
const sound = async () => trusted(await makePki({ leaf: { dnsNames: ['a.example'], key: 'rsa-2048' } }));

const [debian2048] = WEAK_KEYS.debian;
const roca = WEAK_KEYS.roca.find(({ bits, exact }) => exact && bits === 2048);
const almostRoca = WEAK_KEYS.roca.find(({ exact, marker }) => marker && !exact);
const [close] = WEAK_KEYS.closePrimes;
const distant = WEAK_KEYS.closePrimes.find(({ increments }) => increments > 100);
const [smallFactor] = WEAK_KEYS.smallFactor;
const [wiener] = WEAK_KEYS.smallPrivateExponent;

function ecKeyOf(privateKey: number): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.of(privateKey));
  return encodeEcKey(P256, ecdh.getPublicKey());
}

/** Cases of the findings about keys that can be broken whatever their size. */
export const WEAK_KEY_CASES: readonly CheckCase[] = [
  {
    id: 'debian-weak-key',
    name: 'fires for a key that Debian made',
    fires: () => withRsa(debian2048?.n),
    message:
      'the RSA key of CN=a.example is one of the few that Debian systems made from 2006 to 2008: its private key is public',
    severity: 'critical',
    silent: sound,
  },
  {
    id: 'debian-weak-key',
    name: 'fires for a CA',
    fires: async () => {
      const { intermediate, ...rest } = await makePki({ intermediate: { key: 'rsa-2048' } });
      const { n = '' } = intermediate.publicKey.export({ format: 'jwk' });
      const digest = Buffer.from(digestModulus(Buffer.from(n, 'base64url'))).toString('hex');
      return { ...trusted({ intermediate, ...rest }), weakKeys: [parseKeyList(digest, 'own.txt')] };
    },
    message: /^the RSA key of CN=Corp Issuing CA is on the list of weak keys own\.txt/,
    silent: sound,
  },
  {
    id: 'debian-weak-key',
    name: 'fires for a key on a list of the user',
    fires: async () => ({
      ...(await withRsa(smallFactor?.n)),
      weakKeys: [parseKeyList('772c1e3be95d23537330', 'own.txt')],
    }),
    message: /is on the list of weak keys own\.txt: its private key is known$/,
    severity: 'critical',
    silent: () => withRsa(smallFactor?.n),
  },
  {
    id: 'roca-key',
    name: 'fires for a key of an Infineon chip',
    fires: () => withRsa(roca?.n),
    message:
      'the RSA key of CN=a.example was made by a faulty Infineon chip or library (ROCA): its private key can be computed from it',
    severity: 'critical',
    silent: () => withRsa(almostRoca?.n),
  },
  {
    id: 'close-primes-key',
    name: 'fires where Fermat needs a hundred steps at most',
    fires: () => withRsa(close?.n),
    message: /has two primes that lie too close together: its private key can be computed$/,
    severity: 'critical',
    silent: () => withRsa(distant?.n),
  },
  {
    id: 'small-factor-key',
    name: 'fires for a modulus that a small prime divides',
    fires: () => withRsa(smallFactor?.n),
    message: /has a modulus that 65521 divides, which is no product of two large primes$/,
    severity: 'critical',
    silent: () => withRsa(distant?.n),
  },
  {
    id: 'small-factor-key',
    name: 'fires for an even modulus',
    fires: () => withRsa(`${debian2048?.n.slice(0, -1)}0`),
    message: /has an even modulus/,
    severity: 'critical',
    silent: sound,
  },
  {
    id: 'weak-rsa-exponent',
    name: 'fires once, and critically, for one that gives the private exponent away',
    fires: () => withRsa(wiener?.n, BigInt(`0x${wiener?.e}`)),
    message: /has a private exponent so small that it can be computed from the public one$/,
    severity: 'critical',
    silent: () => withRsa(wiener?.n),
  },
  {
    id: 'weak-rsa-exponent',
    name: 'is critical for one that is not below the modulus',
    fires: () => withRsa(wiener?.n, BigInt(`0x${wiener?.n}`) + 2n),
    message: /has the public exponent of 64 octets, which is not below the modulus, 65537 is recommended$/,
    severity: 'critical',
    silent: sound,
  },
  {
    id: 'weak-ec-key',
    name: 'is critical for the private key 1',
    fires: () => withKey(ecKeyOf(1)),
    message:
      'the EC key of CN=a.example belongs to a private key that is a small number: anybody can find it by counting',
    severity: 'critical',
    silent: () => withKey(ecKeyOf(77)),
  },
  {
    id: 'weak-ec-key',
    name: 'fires for a point that is not on its curve',
    fires: () => withKey(encodeEcKey(P256, Buffer.alloc(65, 4))),
    message: /^the EC key of CN=a.example is no point of its curve \(secp256r1\)/,
    severity: 'high',
    silent: () => withKey(ecKeyOf(77)),
  },
  {
    id: 'weak-ec-key',
    name: 'fires for a curve that is not named',
    fires: () => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
      return withKey(publicKey.export({ type: 'spki', format: 'der' }));
    },
    message: /brings the parameters of its curve instead of naming a known one/,
    severity: 'medium',
    silent: () => withKey(ecKeyOf(77)),
  },
];
