import type { Path } from '../model/path.js';

/** Writes what became of a certification path in one cell: `trusted (mozilla, corp)`. */
export function describePath({ status, trustStores }: Path): string {
  return trustStores.length === 0 ? status : `${status} (${trustStores.join(', ')})`;
}
