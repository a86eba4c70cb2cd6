import { readFileSync } from 'node:fs';

/** The version of this package, from its package.json. */
export function readVersion(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isWhole = typeof file === 'object' && file !== null && 'version' in file;
  if (!isWhole || typeof file.version !== 'string') throw new TypeError('package.json names no version');
  return file.version;
}
