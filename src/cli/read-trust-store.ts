import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { DerError } from '../x509/der-error.js';
import { PasswordError } from '../x509/password-error.js';
import { readTrustAnchors } from '../x509/trust-anchors.js';
import { makeTrustStore, type TrustStore } from '../x509/trust-store.js';
import { openProtected } from './open-protected.js';
import type { PasswordSource } from './password-source.js';
import { nameInput, readInput, STANDARD_INPUT } from './read-input.js';

/** Folders of CA certificates have some three hundred files; more are no such folder. */
const MAX_FILES = 10_000;

/**
 * Reads a trust store from a file (PEM, DER, PKCS#7 or PKCS#12) or from all files in a folder, where those without
 * certificates are passed over. Throws a UsageError that names the file.
 */
export async function readTrustStore(
  name: string,
  path: string,
  passwords: PasswordSource,
): Promise<TrustStore> {
  const what = `trust store ${name}`;
  const ders: Uint8Array[] = [];
  if (!(await isFolder(path))) {
    ders.push(...(await readFile(path)));
  } else {
    for (const file of await listFiles(path, what)) {
      try {
        ders.push(...(await readFile(file)));
      } catch (error) {
        // Such folders hold notes and indexes, too; a file that cannot be opened or read is another matter.
        if (!(error instanceof NoCertificateError)) throw error;
      }
    }
    if (ders.length === 0)
      throw new UsageError(`cannot use ${path} as ${what}: no file in it holds a certificate`);
  }
  try {
    return makeTrustStore(name, ders);
  } catch (error) {
    throw explain(error, path);
  }

  async function readFile(file: string): Promise<readonly Uint8Array[]> {
    const bytes = await readInput(file, what);
    try {
      return await openProtected((password) => readTrustAnchors(bytes, password), nameInput(file), passwords);
    } catch (error) {
      throw explain(error, file);
    }
  }

  function explain(error: unknown, file: string): unknown {
    const text = `cannot use ${nameInput(file)} as ${what}`;
    if (error instanceof DerError) return new NoCertificateError(`${text}: ${error.message}`);
    return error instanceof PasswordError ? new UsageError(`${text}: ${error.message}`) : error;
  }
}

/** There is nothing of use in a file. */
class NoCertificateError extends UsageError {}

async function isFolder(path: string): Promise<boolean> {
  if (path === STANDARD_INPUT) return false;
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Whoever reads it next will say why not.
    return false;
  }
}

async function listFiles(folder: string, what: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((each) => !each.startsWith('.')).sort();
  if (names.length > MAX_FILES)
    throw new UsageError(
      `cannot use ${folder} as ${what}: it has ${names.length} files, more than ${MAX_FILES}`,
    );
  const files: string[] = [];
  for (const name of names) {
    const file = join(folder, name);
    if (!(await isFolder(file))) files.push(file);
  }
  return files;
}
