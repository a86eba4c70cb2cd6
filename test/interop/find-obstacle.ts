import { findProgram } from './find-program.js';
import type { InteropServer } from './interop-server.js';

/** Why a server cannot be tried on this machine; null: it can. */
export function findObstacle({ programs, needsRoot = false }: InteropServer): string | null {
  const missing = programs.filter((program) => findProgram(program) === null);
  if (missing.length > 0)
    return missing.map((each) => `${each.file} is missing: install the package ${each.package}`).join(', ');
  return needsRoot && process.getuid?.() !== 0 ? 'it has to be started by root' : null;
}
