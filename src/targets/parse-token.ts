import { isProblem, type Problem } from './problem.js';
import * as registry from './syntax/index.js';
import type { ParsedToken, TargetSyntax } from './target-syntax.js';
import { cutToken } from './token.js';

/** Every way of writing a target, by name of its file. */
export const TARGET_SYNTAXES: readonly TargetSyntax[] = Object.values(registry);

const PLAIN_ASCII = /^[!-~]*$/;
/** Dashes and minus signs that word processors and web pages put in place of "-". */
const LOOKALIKE_DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/u;
/** Control and format characters; the joiners U+200C and U+200D are part of some international names. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/u;

/** Reads one word of target text in whichever syntax it is written. */
export function parseToken(text: string): ParsedToken | Problem {
  const strange = PLAIN_ASCII.test(text) ? null : strangeCharacterProblem(text);
  if (strange !== null) return strange;
  const token = cutToken(text);
  if (isProblem(token)) return token;
  for (const syntax of TARGET_SYNTAXES) {
    const found = syntax.parse(token, parseToken);
    if (found !== null) return found;
  }
  return { problem: 'names no host: write an address, a range, a network, a host name or a URL' };
}

function strangeCharacterProblem(text: string): Problem | null {
  const dash = LOOKALIKE_DASH.exec(text)?.[0];
  if (dash !== undefined) {
    return { problem: `has a "${dash}" (${codePoint(dash)}) that only looks like a dash: type a plain "-"` };
  }
  const invisible = INVISIBLE.exec(text)?.[0];
  if (invisible === undefined) return null;
  return { problem: `has an invisible character (${codePoint(invisible)}): type the word again without it` };
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
