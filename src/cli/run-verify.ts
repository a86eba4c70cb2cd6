import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InventoryError } from '../store/inventory-error.js';
import { openDatabase } from '../store/open-database.js';
import { snapshotDatabase } from '../store/snapshot-database.js';
import { verifyInventory } from '../store/verify-inventory.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { escapeTerminal } from './print/escape-terminal.js';

/** Options of `certsweep verify`. */
export interface VerifyFlags {
  readonly db: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** Looks for what is wrong in an inventory and prints it with what to do; true: nothing is. */
export async function runVerify({ db, json, quiet }: VerifyFlags): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'certsweep-verify-'));
  try {
    const copy = path.join(folder, 'copy.db');
    const source = openDatabase(db, { readOnly: true, anyVersion: true });
    try {
      await snapshotDatabase(source, db, copy);
    } finally {
      source.close();
    }
    const faults = verifyInventory(copy, {
      readSpki,
      starts(step) {
        if (!quiet) process.stderr.write(`looking at ${step}\n`);
      },
    });
    if (json) process.stdout.write(`${JSON.stringify(faults, null, 2)}\n`);
    else if (faults.length === 0) process.stdout.write('nothing is wrong\n');
    else {
      const lines = faults.map(({ fault, step }) => `${step}: ${fault}`);
      const advice = faults.every(({ isDerived }) => isDerived)
        ? 'certsweep vacuum makes it anew from what was observed'
        : 'restore a backup, merge other inventories into a new one, or save what can be read with sqlite3 .recover';
      process.stdout.write(`${[...lines, advice].map(escapeTerminal).join('\n')}\n`);
    }
    return faults.length === 0;
  } catch (error) {
    // What cannot even be opened is told of by its own name.
    throw error instanceof InventoryError && error.message.includes(folder)
      ? new InventoryError(error.message.replaceAll(path.join(folder, 'copy.db'), db), { cause: error })
      : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readSpki(der: Uint8Array): string {
  try {
    return parseCertificate(der).facts.spkiSha256;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return '';
  }
}
