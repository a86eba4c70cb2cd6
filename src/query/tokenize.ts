import { pointAt, quote } from './point-at.js';
import type { Token } from './token.js';

const SPACE = /\s/;

/** Longest first. */
const OPERATOR = /[!<>]=|!~|[=<>~:]/y;

/** What a name or a key word may hold. */
const WORD = /[^\s(),"'=<>~!:]+/y;

/** Where bare values end outside a list; in one, commas end them too. */
const VALUE_END = /[\s()]/;
const ITEM_END = /[\s(),]/;

/**
 * Cuts a query into tokens, of which the last is the end. Behind an operator, and in the parentheses behind `in`, stand
 * values: those may hold what else would be an operator, as `2001:db8::/32` and `CN=Example` do.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let expected: 'word' | 'value' | 'list' | 'item' = 'word';
  function push(kind: Token['kind'], start: number, end: number, parts?: readonly string[]): void {
    const piece = text.slice(start, end);
    tokens.push({ kind, start, end, text: piece, parts: parts ?? [piece] });
    at = end;
  }
  while (at < text.length) {
    const start = at;
    const character = text.charAt(at);
    if (SPACE.test(character)) at += 1;
    else if (character === '(') {
      push('open', start, start + 1);
      expected = expected === 'list' ? 'item' : 'word';
    } else if (character === ')') {
      push('close', start, start + 1);
      expected = 'word';
    } else if (character === ',' && (expected === 'item' || expected === 'word'))
      push('comma', start, start + 1);
    else if (expected === 'word') {
      const operator = matchAt(OPERATOR, text, at);
      const word = operator ?? matchAt(WORD, text, at);
      if (word === null) throw pointAt(text, { start, end: start + 1 }, describeStray(character));
      push(operator === null ? 'word' : 'operator', start, start + word.length);
      if (operator !== null) expected = 'value';
      else if (word.toLowerCase() === 'in') expected = 'list';
    } else {
      const value =
        character === '"' || character === "'"
          ? readQuoted(text, start)
          : readBare(text, start, expected === 'item' ? ITEM_END : VALUE_END);
      push('value', start, value.end, value.parts);
      if (expected !== 'item') expected = 'word';
    }
  }
  push('end', text.length, text.length);
  return tokens;
}

interface ReadValue {
  readonly end: number;
  readonly parts: readonly string[];
}

/** Reads text in quotes; what follows a backslash stands for itself. */
function readQuoted(text: string, start: number): ReadValue {
  const mark = text.charAt(start);
  const pieces: string[] = [];
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === mark) return { end: at + 1, parts: [pieces.join('')] };
    if (character === '\\') at += 1;
    pieces.push(text.charAt(at));
  }
  throw pointAt(
    text,
    { start, end: start + 1 },
    `this quotation mark is never closed: end the value with ${mark}`,
  );
}

/** Reads text without quotes: asterisks stand for anything, and what follows a backslash for itself. */
function readBare(text: string, start: number, end: RegExp): ReadValue {
  if (/[=<>~!]/.test(text.charAt(start)))
    throw pointAt(
      text,
      { start, end: start + 1 },
      `a value that begins with ${text.charAt(start)} must be in quotes, and there is one operator at a time`,
    );
  const parts: string[] = [];
  let pieces: string[] = [];
  let at = start;
  for (; at < text.length && !end.test(text.charAt(at)); at += 1) {
    const character = text.charAt(at);
    if (character === '*') {
      parts.push(pieces.join(''));
      pieces = [];
      continue;
    }
    if (character === '\\') {
      at += 1;
      if (at === text.length)
        throw pointAt(text, { start: at - 1, end: at }, 'nothing follows the backslash: write two for one');
    }
    pieces.push(text.charAt(at));
  }
  return { end: at, parts: [...parts, pieces.join('')] };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function describeStray(character: string): string {
  if (character === '!') return 'a "!" alone means nothing: write not, != or !~';
  return `${quote(character)} cannot stand here: a condition begins with the name of a field, such as port = 443`;
}
