/** A limit of open files that leaves room for any start; it is the usual one. */
const ENOUGH_FILES = 1024;

/** Errno names of a process, or a system, that may open no more files. */
const NO_MORE_FILES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);

/**
 * Says in one line why the program could not be loaded; null: for no reason that its user could mend. Node.js opens the
 * modules of a program nearly all at once, which takes some 450 open files.
 */
export function describeStartFailure(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && NO_MORE_FILES.has(error.code))) return null;
  return `this process may not have enough files open to start at all: ulimit -n ${ENOUGH_FILES} lets it`;
}
