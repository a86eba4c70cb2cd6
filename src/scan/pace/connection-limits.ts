/*
 * Why counters for each worker instead of one for all: a worker that dies takes no count with it. What it held is its own
 * row and nothing else, so giving that back is to clear the row, whatever it was about to do when it died.
 *
 * Why this is exact: a worker first adds itself to its row and then reads all rows. Of all who hold a place at some moment,
 * the one who added last saw all the others, so their number was within the limit. Two who try at the same moment may both
 * see each other and both be turned away; they come again.
 */
import { isIpv4Words, readAddressWords } from './address-words.js';
import { hashWords } from './hash-words.js';

/** How many endpoints may be in flight, and for how many workers there is room. */
export interface ConnectionLimitsOptions {
  /** At one address. */
  readonly perAddress: number;
  /** In one subnet: the 256 IPv4 addresses of a /24, or an IPv6 /64. */
  readonly perSubnet: number;
  readonly workers: number;
}

/** What worker threads are sent to keep the same limits together. */
export interface ConnectionLimitsShare extends ConnectionLimitsOptions {
  readonly buffer: SharedArrayBuffer;
}

/** The limits as one worker keeps them. */
export interface ConnectionLimits {
  /** Takes a place at the address and in its subnet; false: there is none just now, and nothing was taken. */
  tryTake(address: string): boolean;
  /** Gives back a place that `tryTake` gave. */
  release(address: string): void;
}

/** The limits as the one who made them sees them. */
export interface SharedConnectionLimits {
  readonly share: ConnectionLimitsShare;
  /** Workers count from 0. */
  forWorker(worker: number): ConnectionLimits;
  /** Gives back all places of a worker that has died; another may then have its number. */
  releaseAllOf(worker: number): void;
}

/**
 * Counters for addresses, and as many for subnets; 256 KiB for each worker. Addresses that share a counter are held to one
 * limit together, which is strict but never wrong. With 2000 addresses in flight one in 33 meets another.
 */
const BUCKETS = 2 ** 16;

/** Counters have 16 bits and must have room for one more; no machine has more local ports to connect from anyway. */
const MAX_LIMIT = 2 ** 16 - 2;

/** Makes the limits on endpoints in flight that several worker threads keep together. */
export function createConnectionLimits(options: ConnectionLimitsOptions): SharedConnectionLimits {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} must be at least 1, is ${value}`);
  }
  const { perAddress, perSubnet, workers } = options;
  const buffer = new SharedArrayBuffer(2 * BUCKETS * workers * Uint16Array.BYTES_PER_ELEMENT);
  const share: ConnectionLimitsShare = { perAddress, perSubnet, workers, buffer };
  return {
    share,
    forWorker: (worker) => openConnectionLimits(share, worker),
    releaseAllOf(worker) {
      checkWorker(share, worker);
      const counters = new Uint16Array(buffer);
      for (let at = worker; at < counters.length; at += workers) Atomics.store(counters, at, 0);
    },
  };
}

/** Opens shared limits in the thread of one worker. No two threads may have the same number at the same time. */
export function openConnectionLimits(share: ConnectionLimitsShare, worker: number): ConnectionLimits {
  checkWorker(share, worker);
  const { workers } = share;
  const counters = new Uint16Array(share.buffer);
  const perAddress = Math.min(share.perAddress, MAX_LIMIT);
  const perSubnet = Math.min(share.perSubnet, MAX_LIMIT);

  /** Counters of one bucket lie side by side, a row of one for each worker. */
  function tryAdd(bucket: number, limit: number): boolean {
    const row = bucket * workers;
    Atomics.add(counters, row + worker, 1);
    let sum = 0;
    for (let each = row; each < row + workers; each += 1) sum += Atomics.load(counters, each);
    if (sum <= limit) return true;
    Atomics.sub(counters, row + worker, 1);
    return false;
  }

  function giveBack(bucket: number): void {
    const own = bucket * workers + worker;
    if (Atomics.load(counters, own) === 0) throw new Error('a place was given back that nobody held');
    Atomics.sub(counters, own, 1);
  }

  return {
    tryTake(address) {
      findBuckets(address);
      const { ofAddress, ofSubnet } = found;
      if (!tryAdd(ofAddress, perAddress)) return false;
      if (tryAdd(ofSubnet, perSubnet)) return true;
      giveBack(ofAddress);
      return false;
    },
    release(address) {
      findBuckets(address);
      giveBack(found.ofSubnet);
      giveBack(found.ofAddress);
    },
  };
}

function checkWorker({ workers }: ConnectionLimitsShare, worker: number): void {
  if (!Number.isInteger(worker) || worker < 0 || worker >= workers)
    throw new RangeError(`there is no worker ${worker} of ${workers}`);
}

const words = new Uint32Array(4);
/** What was found last. */
const found = { ofAddress: 0, ofSubnet: 0 };

function findBuckets(address: string): void {
  if (!readAddressWords(address, words)) readOther(address);
  const first = words[0] ?? 0;
  const second = words[1] ?? 0;
  const third = words[2] ?? 0;
  const fourth = words[3] ?? 0;
  const subnet = isIpv4Words(words) ? hashWords(0, 0, third, fourth >>> 8) : hashWords(first, second, 0, 0);
  found.ofAddress = hashWords(first, second, third, fourth) % BUCKETS;
  found.ofSubnet = BUCKETS + (subnet % BUCKETS);
}

/** A zone is left out: the same address on two links then shares a limit. A name, which a proxy resolves, is a number. */
function readOther(text: string): void {
  const zone = text.indexOf('%');
  if (zone !== -1 && readAddressWords(text.slice(0, zone), words)) return;
  words.fill(0);
  for (let at = 0; at < text.length; at += 1) {
    words[at % 2] = hashWords(words[at % 2] ?? 0, text.charCodeAt(at), at, 0);
  }
}
