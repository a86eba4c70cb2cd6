import { lstat, opendir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { readCertificateFile } from '../x509/certificate-file.js';
import { DerError } from '../x509/der-error.js';
import { PasswordError } from '../x509/password-error.js';

/** Larger files hold no certificates: all roots of the world together take some 300 KB. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Folders within folders; those of certificates are some four deep. */
const MAX_DEPTH = 16;

/** Files that are looked at: a company has some ten thousand certificates, and a whole disk is no folder of them. */
const MAX_FILES = 100_000;

/** One file with the certificates in it, in its order: what a server would send. */
export interface CertificateFileFound {
  readonly path: string;
  readonly ders: readonly Uint8Array[];
}

/**
 * Reads the certificates of a file, or of all files of a folder and those below it: PEM, DER or PKCS#7. What holds none, is
 * locked or too large is passed over, as such folders hold keys and notes too.
 */
export async function* readCertificateFolder(path: string): AsyncGenerator<CertificateFileFound, void> {
  let files = 0;
  for await (const file of listFiles(path, 0)) {
    files += 1;
    if (files > MAX_FILES) throw new UsageError(`cannot import ${path}: it has more than ${MAX_FILES} files`);
    const ders = await readCertificates(file);
    if (ders.length > 0) yield { path: file, ders };
  }
}

/** Files in the order of their names, so that the same folder is always read the same way. */
async function* listFiles(path: string, depth: number): AsyncGenerator<string, void> {
  const about = await stat(path).catch((error: unknown) => {
    // A link that leads nowhere is no certificate; a folder that the user named must be there.
    if (depth === 0) throw new UsageError(`cannot import ${path}: ${describe(error)}`);
    return null;
  });
  if (about === null) return;
  if (about.isFile()) {
    if (about.size <= MAX_FILE_BYTES) yield path;
    return;
  }
  // Links to folders may lead in circles.
  const isFollowed = depth === 0 || !(await lstat(path)).isSymbolicLink();
  if (!about.isDirectory() || !isFollowed || depth > MAX_DEPTH) return;
  const names: string[] = [];
  for await (const { name } of await opendir(path)) {
    names.push(name);
    if (names.length > MAX_FILES)
      throw new UsageError(`cannot import ${path}: it has more than ${MAX_FILES} files`);
  }
  for (const name of names.sort()) yield* listFiles(join(path, name), depth + 1);
}

async function readCertificates(file: string): Promise<readonly Uint8Array[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot import ${file}: ${describe(error)}`);
  }
  try {
    const { objects } = readCertificateFile(bytes);
    return objects.flatMap((object) => (object.kind === 'certificate' ? [object.der] : []));
  } catch (error) {
    if (!(error instanceof DerError || error instanceof PasswordError)) throw error;
    return [];
  }
}

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EACCES' ? 'you may not read it' : String(code ?? error);
}
