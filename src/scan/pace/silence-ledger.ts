/*
 * Why keys are kept whole: a ledger that mistook one address for another would give up a living one. An address is 128 bits
 * and an atomic operation moves 32, so a key is written in pieces, each set once and by whoever comes first. A piece that is
 * set by another address sends the rest of us to the next place. As pieces never change, whoever looks for an address meets
 * either all of its pieces or one that is empty or foreign, and there is no moment at which it could be in two places.
 */
import { readAddressWords } from './address-words.js';
import { hashWords } from './hash-words.js';

/** When to give an address up, and how many addresses there will be. */
export interface SilenceLedgerOptions {
  /** Silent ports after which an address is given up, provided that none has answered. */
  readonly giveUpAfter: number;
  /** Addresses of the plan, as far as known; more of them are scanned just the same, without being given up. */
  readonly addresses: number;
}

/** What worker threads are sent to keep the same ledger together. */
export interface SilenceLedgerShare {
  readonly buffer: SharedArrayBuffer;
  readonly giveUpAfter: number;
}

/** How many ports of each address kept silent, counted across worker threads. */
export interface SilenceLedger {
  readonly share: SilenceLedgerShare;
  /** One more port of the address gave no answer. */
  silent(address: string): void;
  /** The address gave an answer of any kind: it is never given up from now on. */
  answered(address: string): void;
  isGivenUp(address: string): boolean;
}

/** An address of 128 bits in pieces of 26, each with a bit that tells it from an empty one. */
const PIECES = 5;
const IS_SET = 2 ** 26;
/** The pieces and a count, 24 bytes. */
const PLACE_WORDS = PIECES + 1;
/** The count of an address that has answered. */
const ANSWERED = -1;

/** Three of four places are taken at most; a place is 24 bytes, so an address costs 32 to 64. */
const PLACES_FOR_EACH = 4 / 3;
/** A /12 of silent addresses: 48 MiB, of which the system hands out what is written to. Few scans meet more. */
const MAX_ADDRESSES = 2 ** 20;
/** Places looked at for one address: a table three quarters full needs more only once in very many. */
const MAX_STEPS = 64;

/** Makes an empty ledger. It takes 32 to 64 bytes for each address. */
export function createSilenceLedger({ giveUpAfter, addresses }: SilenceLedgerOptions): SilenceLedger {
  if (!Number.isInteger(giveUpAfter) || giveUpAfter < 1)
    throw new RangeError(`giveUpAfter must be at least 1, is ${giveUpAfter}`);
  const wanted = Math.min(Math.max(addresses, 1), MAX_ADDRESSES) * PLACES_FOR_EACH;
  const places = 2 ** Math.ceil(Math.log2(Math.max(wanted, MAX_STEPS)));
  const buffer = new SharedArrayBuffer(places * PLACE_WORDS * Int32Array.BYTES_PER_ELEMENT);
  return openSilenceLedger({ buffer, giveUpAfter });
}

/** Opens a shared ledger in another thread. */
export function openSilenceLedger(share: SilenceLedgerShare): SilenceLedger {
  const { giveUpAfter } = share;
  const table = new Int32Array(share.buffer);
  const lastPlace = table.length / PLACE_WORDS - 1;

  /** Where the count of an address stands; -1: nowhere, or it has no key, or there is no room for it. */
  function find(address: string, canInsert: boolean): number {
    if (!readAddressWords(address, words)) return -1;
    const start = readKey();
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const place = ((start + step) & lastPlace) * PLACE_WORDS;
      const match = comparePlace(place, canInsert);
      if (match === 'absent') return -1;
      if (match === 'same') return place + PIECES;
    }
    return -1;
  }

  function comparePlace(place: number, canInsert: boolean): 'same' | 'other' | 'absent' {
    for (let piece = 0; piece < PIECES; piece += 1) {
      const mine = key[piece] ?? 0;
      let theirs = Atomics.load(table, place + piece);
      if (theirs === 0) {
        if (!canInsert) return 'absent';
        theirs = Atomics.compareExchange(table, place + piece, 0, mine) || mine;
      }
      if (theirs !== mine) return 'other';
    }
    return 'same';
  }

  return {
    share,
    silent(address) {
      const at = find(address, true);
      if (at === -1) return;
      let count = Atomics.load(table, at);
      while (count !== ANSWERED) {
        const seen = Atomics.compareExchange(table, at, count, count + 1);
        if (seen === count) return;
        count = seen;
      }
    },
    answered(address) {
      const at = find(address, true);
      if (at !== -1) Atomics.store(table, at, ANSWERED);
    },
    isGivenUp(address) {
      const at = find(address, false);
      return at !== -1 && Atomics.load(table, at) >= giveUpAfter;
    },
  };
}

const words = new Uint32Array(4);
/** The key that is looked for. */
const key = new Int32Array(PIECES);

/** Cuts the words into the pieces of a key; returns their hash. */
function readKey(): number {
  const first = words[0] ?? 0;
  const second = words[1] ?? 0;
  const third = words[2] ?? 0;
  const fourth = words[3] ?? 0;
  key[0] = IS_SET | (first >>> 6);
  key[1] = IS_SET | ((first & 0x3f) << 20) | (second >>> 12);
  key[2] = IS_SET | ((second & 0xfff) << 14) | (third >>> 18);
  key[3] = IS_SET | ((third & 0x3ffff) << 8) | (fourth >>> 24);
  key[4] = IS_SET | (fourth & 0xffffff);
  return hashWords(first, second, third, fourth);
}
