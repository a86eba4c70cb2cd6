import type { JudgeFlags } from './judge-input-of-run.js';
import type { PasswordFlags } from './password-source.js';

/** Options of `certsweep merge`. */
export interface MergeFlags extends JudgeFlags, PasswordFlags {
  readonly into: string;
  readonly now?: Date;
  readonly json?: true;
}
