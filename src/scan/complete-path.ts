import { findPath, type PathOptions, type PathSearch } from '../x509/path.js';

/** Certificates that one server may lack: the longest paths known have fewer intermediates. */
const MAX_MISSING = 8;

/**
 * Searches the path that a leaf would have if its server sent what it ought to: certificates that are known from
 * elsewhere count as presented, one after the other, as far as they lead.
 */
export function completePath(options: PathOptions): PathSearch {
  const search = addKnown(options);
  if (isComplete(search)) return search;
  // What is sent may lead nowhere, an expired intermediate for instance, where what is known does.
  const without = addKnown({ ...options, presented: [options.leaf] });
  return isComplete(without) ? without : search;
}

function addKnown(options: PathOptions): PathSearch {
  let { presented } = options;
  let search = findPath(options);
  for (let added = 0; added < MAX_MISSING; added++) {
    const known = search.missingIssuer?.known ?? null;
    if (known === null) break;
    presented = [...presented, known];
    search = findPath({ ...options, presented });
  }
  return search;
}

function isComplete({ path }: PathSearch): boolean {
  return path.status === 'trusted' || path.status === 'private';
}
