import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './interop-server.js';

/** Where daemons live, which the PATH of an ordinary user leaves out. */
const DAEMON_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a program; null: it is not installed. */
export function findProgram({ file }: Program): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...DAEMON_FOLDERS];
  const places = path.isAbsolute(file) ? expandVersion(file) : folders.map((each) => path.join(each, file));
  return places.find(isReadable) ?? null;
}

/** The file in the folder of each version that is there, newest first. */
function expandVersion(file: string): string[] {
  const star = file.indexOf('/*/');
  if (star === -1) return [file];
  const folder = file.slice(0, star);
  try {
    const versions = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => path.join(folder, version, file.slice(star + 3)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Not whether it is executable: loadable modules are not. */
function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
