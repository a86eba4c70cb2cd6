import { readNumber } from './rsa-numbers.js';

/** A curve y^2 = x^3 + ax + b over the integers modulo p, with its generator. */
export interface PrimeCurve {
  /** Octets of a coordinate. */
  readonly octets: number;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly generator: Point;
}

/** A point of a curve other than the one at infinity. */
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P384 = 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n;
const P521 = 2n ** 521n - 1n;
const SECP256K1 = 2n ** 256n - 2n ** 32n - 977n;

/** The curves on which keys are tested, by their names in TLS (FIPS 186, SP 800-186; SEC 2, section 2.4.1). */
const PRIME_CURVES: Readonly<Record<string, PrimeCurve>> = {
  secp256r1: {
    octets: 32,
    p: P256,
    a: P256 - 3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    generator: {
      x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    },
  },
  secp384r1: {
    octets: 48,
    p: P384,
    a: P384 - 3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    generator: {
      x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    },
  },
  secp521r1: {
    octets: 66,
    p: P521,
    a: P521 - 3n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    generator: {
      x: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      y: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    },
  },
  secp256k1: {
    octets: 32,
    p: SECP256K1,
    a: 0n,
    b: 7n,
    generator: {
      x: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
      y: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
    },
  },
};

/** Finds a curve by its name in TLS; null: keys on it are not tested. */
export function primeCurve(name: string): PrimeCurve | null {
  return PRIME_CURVES[name] ?? null;
}

/** A point as keys hold it (SEC 1, section 2.3.3); y is null where the point is compressed. */
export type EncodedPoint = Pick<Point, 'x'> & { readonly y: bigint | null };

/** Reads an encoded point; null: it is the one at infinity, or no encoding of a point of this curve's size. */
export function readPoint(bytes: Uint8Array, { octets }: PrimeCurve): EncodedPoint | null {
  const x = bytes.subarray(1, 1 + octets);
  switch (bytes[0]) {
    case 2:
    case 3:
      return bytes.length === 1 + octets ? { x: readNumber(x), y: null } : null;
    case 4:
    // X9.62, section 4.3.6 also has a hybrid form, which says the sign of y besides both coordinates.
    case 6:
    case 7: {
      const y = bytes.subarray(1 + octets);
      return y.length === octets ? { x: readNumber(x), y: readNumber(y) } : null;
    }
    default:
      return null;
  }
}

/** Whether a point lies on a curve. */
export function isOnCurve({ x, y }: Point, { p, a, b }: PrimeCurve): boolean {
  return x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n;
}

/** Lists the x coordinates of the generator's first multiples: 1, 2, 3 ... times. */
export function listMultiples(curve: PrimeCurve, count: number): bigint[] {
  const { generator } = curve;
  const found = [generator.x];
  let point = generator;
  while (found.length < count) {
    point = add(point, generator, curve);
    found.push(point.x);
  }
  return found;
}

/** The sum of two points that are not each other's negative. */
function add(one: Point, other: Point, { p, a }: PrimeCurve): Point {
  const slope =
    one.x === other.x
      ? divide(3n * one.x * one.x + a, 2n * one.y, p)
      : divide(other.y - one.y, other.x - one.x, p);
  const x = reduce(slope * slope - one.x - other.x, p);
  return { x, y: reduce(slope * (one.x - x) - one.y, p) };
}

/** dividend / divisor modulo p, by the extended Euclidean algorithm. */
function divide(dividend: bigint, divisor: bigint, p: bigint): bigint {
  let [a, b, u, v] = [reduce(divisor, p), p, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [u, v] = [v, u - quotient * v];
  }
  return reduce(dividend * u, p);
}

function reduce(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}
