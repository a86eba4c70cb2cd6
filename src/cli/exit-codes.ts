/** How the process ends; scripts rely on the numbers. */
export const EXIT_CODES = {
  done: 0,
  /** A finding at or above `--fail-on`. */
  findings: 1,
  /** The user erred; nothing was started. */
  usage: 2,
  /** Could not finish; what was learned is saved. */
  unfinished: 3,
  /** Interrupted; saved and resumable. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
