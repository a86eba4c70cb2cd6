import type { UsageError } from '../model/usage-error.js';
import { type Place, pointAt } from './point-at.js';
import type { Token } from './token.js';
import { tokenize } from './tokenize.js';

/** A walk over the tokens of a query, one ahead. */
export interface TokenCursor {
  readonly text: string;
  /** The token that comes next; at the end the end, for ever. */
  peek(): Token;
  /** Steps over it. */
  take(): Token;
  /** Steps over a key word, in any case, if it comes next. */
  takeWord(word: string): boolean;
  /** An error about a place, or about what comes next. */
  fault(message: string, place?: Place): UsageError;
}

/** Cuts a query into tokens and stands before the first. */
export function makeTokenCursor(text: string): TokenCursor {
  const tokens = tokenize(text);
  const end: Token = { kind: 'end', start: text.length, end: text.length, text: '', parts: [''] };
  let at = 0;
  function peek(): Token {
    return tokens[at] ?? end;
  }
  function take(): Token {
    const token = peek();
    at += 1;
    return token;
  }
  return {
    text,
    peek,
    take,
    takeWord(word) {
      const isNext = peek().kind === 'word' && peek().text.toLowerCase() === word;
      if (isNext) take();
      return isNext;
    },
    fault: (message, place = peek()) => pointAt(text, place, message),
  };
}
