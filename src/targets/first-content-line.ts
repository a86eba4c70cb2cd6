import { linesOf } from './lines-of.js';

/** The first line that is neither blank nor a `#` comment, trimmed; it tells the form of a file. */
export function firstContentLine(text: string): string {
  for (const [, line] of linesOf(text)) {
    const content = line.trim();
    if (content !== '' && !content.startsWith('#')) return content;
  }
  return '';
}
