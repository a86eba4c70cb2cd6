import type { PortRange, Target } from '../model/target.js';
import type { Problem } from './problem.js';
import type { Token } from './token.js';

/** What one word of target text asks for. */
export interface ParsedToken {
  /** One entry for each stretch of addresses, or one name. */
  readonly hosts: readonly Target['hosts'][];
  /** Null: the ports of the scan. */
  readonly port: PortRange | null;
  readonly serverName: string | null;
}

/** One way of writing a target. No word may be claimed by two of them, whatever their order. */
export interface TargetSyntax {
  /** As help and documentation call it. */
  readonly name: string;
  readonly example: string;
  /** One sentence. */
  readonly description: string;
  /**
   * Null when the word is not written this way at all; a problem when it is, but wrongly. `parseAgain` reads a part of
   * the word by all the syntaxes there are.
   */
  parse(token: Token, parseAgain: (text: string) => ParsedToken | Problem): ParsedToken | Problem | null;
}
