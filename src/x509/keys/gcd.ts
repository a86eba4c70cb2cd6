// Why limbs: Euclid's method on bigints makes a new number for each of some 1200 divisions of 2048 bits, and thousands
// of such numbers are compared. Lehmer's method (Knuth, The Art of Computer Programming 2, section 4.5.2) divides the
// leading digits alone, in plain numbers, and makes up for some dozen divisions at once in place.

/** Bits of a limb: with factors of up to FACTOR_LIMIT, two products and a carry stay below 2^53 and are exact. */
const LIMB_BITS = 24;
const LIMB_OCTETS = LIMB_BITS / 8;
const BASE = 2 ** LIMB_BITS;

/** As many steps as this allows are right as far as the 53 leading bits tell. */
const FACTOR_LIMIT = 2 ** 26;

/** Below this, in hex digits, the plain method is quicker. */
const SMALL_DIGITS = 64;

/** Limbs of what fits a plain number. */
const PLAIN_LIMBS = 2;

/** The greatest common divisor of two numbers that are not negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let [larger, smaller] = a < b ? [b, a] : [a, b];
  while (smaller !== 0n) {
    const digits = smaller.toString(16);
    if (digits.length < SMALL_DIGITS) return euclid(larger, smaller);
    // What differs much in length is divided as a whole, which leaves numbers of like length.
    const [x, y] = shrink(
      readLimbs((larger % smaller).toString(16), digits.length),
      readLimbs(digits, digits.length),
    );
    [larger, smaller] = [writeNumber(x), writeNumber(y)];
    if (larger < smaller) [larger, smaller] = [smaller, larger];
  }
  return larger;
}

function euclid(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

type Limbs = Float64Array;

/** Replaces two numbers by smaller ones with the same common divisor, until leading digits say no more. */
function shrink(a: Limbs, b: Limbs): readonly [Limbs, Limbs] {
  let [x, y] = [a, b];
  let [xLength, yLength] = [countLimbs(x, x.length), countLimbs(y, y.length)];
  for (;;) {
    if (xLength < yLength) [x, y, xLength, yLength] = [y, x, yLength, xLength];
    if (xLength <= PLAIN_LIMBS) break;
    const steps = divideLeading(leadingDigits(x, xLength), leadingDigits(y, xLength));
    if (steps === null) break;
    combine(x, y, xLength, steps);
    yLength = countLimbs(y, xLength);
    xLength = countLimbs(x, xLength);
  }
  return [x, y];
}

/** What some divisions with remainder make of two numbers: x' = a x + b y and y' = c x + d y, with ad - bc = 1 or -1. */
interface Steps {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/**
 * Divides by leading digits as long as factors are small; null: not even once. A quotient that is wrong for the lack of
 * digits does no harm: any such steps keep the common divisor.
 */
function divideLeading(leadingX: number, leadingY: number): Steps | null {
  let [x, y] = [leadingX, leadingY];
  let [a, b, c, d] = [1, 0, 0, 1];
  while (y > 0) {
    const quotient = Math.floor(x / y);
    const nextC = a - quotient * c;
    const nextD = b - quotient * d;
    if (Math.abs(nextC) > FACTOR_LIMIT || Math.abs(nextD) > FACTOR_LIMIT) break;
    const rest = x - quotient * y;
    x = y;
    y = rest;
    a = c;
    b = d;
    c = nextC;
    d = nextD;
  }
  return b === 0 ? null : { a, b, c, d };
}

/** Applies steps in place, and drops the signs of what they make. */
function combine(x: Limbs, y: Limbs, length: number, { a, b, c, d }: Steps): void {
  let carryX = 0;
  let carryY = 0;
  for (let at = 0; at < length; at++) {
    const limbX = x[at] ?? 0;
    const limbY = y[at] ?? 0;
    const sumX = a * limbX + b * limbY + carryX;
    const sumY = c * limbX + d * limbY + carryY;
    carryX = Math.floor(sumX / BASE);
    carryY = Math.floor(sumY / BASE);
    x[at] = sumX - carryX * BASE;
    y[at] = sumY - carryY * BASE;
  }
  if (carryX < 0) negate(x, length);
  if (carryY < 0) negate(y, length);
}

function negate(limbs: Limbs, length: number): void {
  let borrow = 0;
  for (let at = 0; at < length; at++) {
    const rest = -(limbs[at] ?? 0) - borrow;
    borrow = rest < 0 ? 1 : 0;
    limbs[at] = rest + borrow * BASE;
  }
}

function countLimbs(limbs: Limbs, most: number): number {
  let length = most;
  while (length > 0 && limbs[length - 1] === 0) length--;
  return length;
}

/** The limbs of a number at the three highest places of the longer one, as far as a double tells. */
function leadingDigits(limbs: Limbs, length: number): number {
  return ((limbs[length - 1] ?? 0) * BASE + (limbs[length - 2] ?? 0)) * BASE + (limbs[length - 3] ?? 0);
}

/** Reads a number from hex digits into as many limbs as `room` digits take, the lowest first. */
function readLimbs(digits: string, room: number): Limbs {
  const limbs = new Float64Array(Math.ceil(room / 2 / LIMB_OCTETS));
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  let [at, place] = [0, 1];
  for (const byte of bytes.reverse()) {
    limbs[at] = (limbs[at] ?? 0) + byte * place;
    place *= 256;
    if (place === BASE) [at, place] = [at + 1, 1];
  }
  return limbs;
}

function writeNumber(limbs: Limbs): bigint {
  const length = countLimbs(limbs, limbs.length);
  const bytes = Buffer.alloc(length * LIMB_OCTETS);
  for (let at = 0; at < length; at++)
    bytes.writeUIntBE(limbs[at] ?? 0, (length - 1 - at) * LIMB_OCTETS, LIMB_OCTETS);
  return BigInt(`0x0${bytes.toString('hex')}`);
}
