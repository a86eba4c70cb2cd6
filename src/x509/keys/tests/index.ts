// The tests of public keys: one line each, in alphabetical order.
export { closePrimes } from './close-primes.js';
export { explicitCurve } from './explicit-curve.js';
export { invalidPoint } from './invalid-point.js';
export { listedKey } from './listed-key.js';
export { perfectPower } from './perfect-power.js';
export { roca } from './roca.js';
export { smallFactor } from './small-factor.js';
export { smallOrderPoint } from './small-order-point.js';
export { smallPrivateExponent } from './small-private-exponent.js';
export { trivialEcKey } from './trivial-ec-key.js';
