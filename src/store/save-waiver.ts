import type { Database } from 'better-sqlite3';
import type { Waived } from '../model/finding.js';
import { prepareFindOrInsert } from './find-or-insert.js';
import { sha256 } from './sha256.js';

/** Finds or writes who accepts a finding, and returns its number; null: nobody does. */
export type SaveWaiver = (waived: Waived | undefined) => number | null;

/** Prepares all statements that saving a waiver needs. */
export function prepareSaveWaiver(database: Database): SaveWaiver {
  const waivers = prepareFindOrInsert(database, 'waiver', ['content_hash'], ['owner', 'reason', 'until']);
  return (waived) => {
    if (waived === undefined) return null;
    const { owner, reason, until } = waived;
    const content = JSON.stringify(['waiver', owner, reason, until]);
    return waivers({ content_hash: sha256(content), owner, reason, until: Date.parse(until) }).id;
  };
}
