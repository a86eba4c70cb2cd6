import { cleanText } from './clean-text.js';
import { cutText } from './cut-text.js';

/** Longest text in a cell: wikis wrap cells badly, and GitHub takes 65,536 characters in a comment. */
const CELL_CHARACTERS = 200;

/**
 * Writes text so that GitHub and wikis show it as it is: no markup, links, mentions of people, references to issues,
 * formulas or HTML come of it, and no cell of a table ends.
 */
export function escapeMarkdown(text: string, limit = CELL_CHARACTERS): string {
  return (
    cutText(cleanText(text), limit)
      .replace(/[\\`*_[\]<>&~|$]/g, '\\$&')
      // A comment between keeps what finds names in the finished page from seeing one.
      .replace(/[@#]/g, '$&<!-- -->')
      .replace(/:\/\//g, '\\://')
      .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
  );
}
