import { open } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { findFile } from '../scan/find-file.js';
import { importFile } from '../scan/import-file.js';
import { fillIssuerIndex, type IssuerIndex, makeIssuerIndex } from '../scan/issuer-index.js';
import { copyInventory } from '../store/copy-inventory.js';
import { openInventory } from '../store/inventory.js';
import { partOfMerge } from '../store/merge-inventories.js';
import { askPasswords } from './ask-passwords.js';
import type { MergeFlags } from './merge-flags.js';
import { type JudgeInput, readJudgeContext } from './read-judge-context.js';

/** How every SQLite file begins. */
const SQLITE_MAGIC = 'SQLite format 3\0';

/** Inventories that are ready to be merged, and what is to be said of where they come from. */
export interface MergeSources {
  /** Copies that nobody else needs. */
  readonly copies: readonly string[];
  /** One line for each file that was imported. */
  readonly notes: readonly string[];
}

/** Copies the inventories among some files to a folder, and makes inventories of what the others hold; changes none of them. */
export async function gatherMergeSources(
  files: readonly string[],
  flags: MergeFlags,
  folder: string,
): Promise<MergeSources> {
  const toImport: string[] = [];
  const copies: string[] = [];
  for (const file of files) {
    await refuseTarget(file, flags.into);
    if (!(await isSqlite(file))) {
      toImport.push(file);
      continue;
    }
    const copy = path.join(folder, `${copies.length}.db`);
    await copyInventory(file, copy);
    copies.push(copy);
  }
  if (toImport.length === 0) return { copies, notes: [] };

  const issuers = makeIssuerIndex();
  const known = await learnFrom(flags.into, issuers);
  for (const copy of copies) await learnFrom(copy, issuers);
  const definition = toJudgeInput(flags);
  const passwords = await askPasswords(flags);
  const notes: string[] = [];
  for (const file of toImport) {
    const into = path.join(folder, `${copies.length + notes.length}.db`);
    const { note, run } = await importFile({
      path: file,
      into,
      issuers,
      definition: { ...definition },
      makeContext: (moment) => readJudgeContext(definition, moment, passwords),
      ...(flags.now && { moment: flags.now }),
    });
    // The run follows from the content of the file: what was found in it once stays as it was judged then.
    if (run === null || !known.has(run)) copies.push(into);
    notes.push(run !== null && known.has(run) ? `${note}; it was imported before` : note);
    if (run !== null) known.add(run);
  }
  return { copies, notes };
}

/** Takes the certificates of CAs that an inventory holds; tells the runs that it knows as completed. */
async function learnFrom(file: string, issuers: IssuerIndex): Promise<Set<string>> {
  if ((await findFile(file)) === null) return new Set();
  const inventory = openInventory(file);
  try {
    await fillIssuerIndex(issuers, inventory);
    const runs = await inventory.runs();
    return new Set(runs.filter(({ state }) => state === 'completed').map(({ id }) => id));
  } finally {
    await inventory.close();
  }
}

async function refuseTarget(file: string, into: string): Promise<void> {
  const source = await findFile(file);
  if (source === null) throw new UsageError(`cannot read ${file}: there is no such file`);
  const isSame = async (path: string) => {
    const other = await findFile(path);
    return other !== null && other.dev === source.dev && other.ino === source.ino;
  };
  if (await isSame(into))
    throw new UsageError(`${file} is the inventory ${into} itself: name others to merge into it`);
  if (await isSame(partOfMerge(into)))
    throw new UsageError(
      `${file} is what a merge into ${into} has left unfinished: remove it, and merge again`,
    );
}

async function isSqlite(file: string): Promise<boolean> {
  if ((await findFile(file))?.isDirectory()) return false;
  const handle = await open(file).catch((error: Error) => {
    throw new UsageError(`cannot read ${file}: ${error.message}`, { cause: error });
  });
  try {
    const { bytesRead, buffer } = await handle.read(
      Buffer.alloc(SQLITE_MAGIC.length),
      0,
      SQLITE_MAGIC.length,
      0,
    );
    return buffer.toString('latin1', 0, bytesRead) === SQLITE_MAGIC;
  } finally {
    await handle.close();
  }
}

/** What is imported is judged by, file names absolute, so that it can be judged again from anywhere. */
function toJudgeInput({ defaultTrust, policy, trustStore = {}, weakKeys }: MergeFlags): JudgeInput {
  return {
    trustStores: Object.fromEntries(
      Object.entries(trustStore).map(([name, file]) => [name, path.resolve(file)]),
    ),
    ...(!defaultTrust && { defaultTrust }),
    ...(policy !== undefined && { policy: path.resolve(policy) }),
    ...(weakKeys && { weakKeys: weakKeys.map((file) => path.resolve(file)) }),
  };
}
