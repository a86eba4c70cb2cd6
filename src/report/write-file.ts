import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../model/usage-error.js';
import { ReportError } from './report-error.js';

/** A report lists the hosts of a network: a new one is its owner's alone. */
const FILE_MODE = 0o600;

/** Text gathered before it is written: many records are small, and each write is a trip to the system. */
const BUFFER_CHARACTERS = 64 * 1024;

/**
 * Writes a file whole or not at all: beside its place first, and then, once it is safe on the disk, into it. A file
 * that was there keeps its permissions; a device or pipe is written as it is.
 */
export async function writeFile(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    const stats = await find(path);
    if (stats?.isDirectory()) throw new UsageError(`${path} is a directory: name a file in it`);
    if (stats && !stats.isFile()) await writeInto(path, chunks);
    else
      await writeBeside(stats ? await realpath(path) : path, stats ? stats.mode & 0o777 : FILE_MODE, chunks);
  } catch (error) {
    throw describeFileError(error, path);
  }
}

async function find(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeBeside(path: string, mode: number, chunks: AsyncIterable<string | Uint8Array>) {
  const { file, name } = await openBeside(path);
  try {
    try {
      await file.chmod(mode);
      await writeChunks(file, chunks);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(name, path);
  } catch (error) {
    await rm(name, { force: true });
    throw error;
  }
}

/** Opens a hidden file of a name that is not taken, in the directory of `path`: renaming works within a disk only. */
async function openBeside(path: string): Promise<{ file: FileHandle; name: string }> {
  for (let attempt = 0; ; attempt += 1) {
    const name = join(dirname(path), `.${basename(path)}.${process.pid}-${attempt}.tmp`);
    try {
      return { file: await open(name, 'wx', FILE_MODE), name };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

async function writeInto(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeChunks(file, chunks);
  } finally {
    await file.close();
  }
}

async function writeChunks(file: FileHandle, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  let gathered = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') gathered += chunk;
    if (typeof chunk === 'string' && gathered.length < BUFFER_CHARACTERS) continue;
    await writeAll(file, Buffer.from(gathered));
    gathered = '';
    if (typeof chunk !== 'string') await writeAll(file, chunk);
  }
  await writeAll(file, Buffer.from(gathered));
}

/** A full disk or a pipe may take a part only: the rest follows, or fails with the reason. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written);
    written += bytesWritten;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Turns what the file system threw into one clear line; what came from elsewhere is handed back as it is. */
function describeFileError(error: unknown, path: string): unknown {
  const options = { cause: error };
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UsageError(`cannot write ${path}: there is no directory ${dirname(path)}`, options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UsageError(`cannot write ${path}: you may not write to ${dirname(path)}`, options);
    case 'ENAMETOOLONG':
      return new UsageError(`cannot write ${path}: the name is too long`, options);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new ReportError(
        `cannot write ${path}: the disk is full; nothing was written: free some space, or write elsewhere`,
        options,
      );
    default:
      return error;
  }
}
