import { escapeTerminal } from './escape-terminal.js';

/** The longest piece of a peer's words that a report shows. */
const MOST_CHARACTERS = 200;

/** A peer's words, cut and made safe for the terminal. */
export function quotePeer(text: string, mostCharacters: number = MOST_CHARACTERS): string {
  if (text.length <= mostCharacters) return escapeTerminal(text);
  // No half of a surrogate pair is left at the cut.
  return `${escapeTerminal(text.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, ''))}…`;
}
