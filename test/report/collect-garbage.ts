import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

/** Lets go of all memory that nobody holds, so that what is left can be measured. */
export function collectGarbage(): void {
  if (typeof gc !== 'function') throw new Error('this Node.js does not hand out its garbage collector');
  gc();
}
