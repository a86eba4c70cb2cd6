import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { countInventory, type InventoryCounts } from './count-inventory.js';
import { describeStoreError } from './describe-store-error.js';
import { attachInventories, MOST_ATTACHED, mergeAttached } from './merge-attached.js';
import { mergeIntoCopy } from './merge-into-copy.js';
import { DEFAULT_INVENTORY_PATH, FILE_MODE, type OpenOptions, openDatabase } from './open-database.js';

// Why this is set union: all facts have natural keys. Those that are new are copied, those that are known are left alone,
// and of the few that can differ under one key one is chosen by its content, so that the result is the same in whatever
// order and however often inventories are merged. Numbers of rows are those of one inventory alone and are mapped.
// So the order is ours to choose: an inventory that is not there yet begins as the largest of those that it is made of.

/** What merging has brought. */
export interface MergedInventories {
  /** What is there now and was not before. */
  readonly added: InventoryCounts;
  /** Annotations that are new or other than before. */
  readonly annotations: number;
}

/**
 * Merges inventories into another one, which is made when there is none: all of them or, when it throws, nothing. The
 * others must be copies that nobody else needs, as `copyInventory` makes them; they may be gone or others afterwards.
 */
export function mergeInventories(
  into: string,
  copies: readonly string[],
  options: Pick<OpenOptions, 'busyTimeoutMs'> = {},
): MergedInventories {
  try {
    return existsSync(into) ? mergeIntoKnown(into, copies, options) : mergeIntoNew(into, copies);
  } catch (error) {
    throw describeStoreError(error, into, 'merge');
  }
}

function mergeIntoKnown(
  into: string,
  copies: readonly string[],
  options: Pick<OpenOptions, 'busyTimeoutMs'>,
): MergedInventories {
  // More than can be attached are merged with each other before: one transaction is all that there can be.
  const few = copies.length > MOST_ATTACHED ? [joinCopies(copies)] : copies;
  const database = openDatabase(into, { ...options, create: true });
  try {
    // References are mapped, not made up; proving each of them again would take longer than all else.
    database.pragma('foreign_keys = OFF');
    const attached = attachInventories(database, few);
    const merge = database.transaction((): MergedInventories => {
      const before = countInventory(database);
      const annotations = mergeAttached(database, attached);
      const after = countInventory(database);
      return {
        added: {
          runs: after.runs - before.runs,
          endpoints: after.endpoints - before.endpoints,
          observations: after.observations - before.observations,
          certificates: after.certificates - before.certificates,
        },
        annotations,
      };
    });
    return merge.immediate();
  } finally {
    database.close();
  }
}

/** Where an inventory that is not there yet grows until it is whole. */
export function partOfMerge(into: string): string {
  return `${into}.part`;
}

/** Appears when it is whole: until then, another file beside it grows. */
function mergeIntoNew(into: string, copies: readonly string[]): MergedInventories {
  const part = partOfMerge(into);
  try {
    makeEmpty(into, part);
    const [largest, ...others] = bySize(copies);
    if (largest !== undefined) moveFile(largest, part);
    const { annotations, holds } = mergeIntoCopy(part, others);
    const file = openSync(part, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (existsSync(into))
      throw new UsageError(`somebody else has made ${into} meanwhile: merge again, into that`);
    renameSync(part, into);
    return { added: holds, annotations };
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
    throw error;
  }
}

/** Makes an empty inventory, and tells what stands in the way in terms of the one that is meant. */
function makeEmpty(into: string, part: string): void {
  rmSync(part, { force: true });
  if (into === DEFAULT_INVENTORY_PATH) mkdirSync(dirname(into), { recursive: true });
  try {
    openDatabase(part, { create: true }).close();
  } catch (error) {
    throw error instanceof UsageError
      ? new UsageError(error.message.replaceAll(part, into), { cause: error })
      : error;
  }
}

/** Puts a file in the place of another, on whatever disk that is. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    copyFileSync(from, to);
    rmSync(from);
  }
  chmodSync(to, FILE_MODE);
}

/** Merges copies into the largest of them, and tells which that is. */
function joinCopies(copies: readonly string[]): string {
  const [largest = '', ...others] = bySize(copies);
  mergeIntoCopy(largest, others);
  return largest;
}

function bySize(copies: readonly string[]): string[] {
  const sizeOf = new Map(copies.map((copy) => [copy, statSync(copy).size]));
  return [...copies].sort((a, b) => (sizeOf.get(b) ?? 0) - (sizeOf.get(a) ?? 0));
}
