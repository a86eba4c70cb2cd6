import type { TextStyle, Tone } from './text-style.js';
import { wrapText } from './wrap-text.js';

/** A label and what belongs to it; the text is safe for the terminal already. */
export interface Field {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
}

/** Room for the longest label and a gap. */
const LABEL_WIDTH = 16;

/** Lays out labels and texts in two columns, the texts wrapped. */
export function formatFields(
  fields: readonly Field[],
  indent: number,
  style: TextStyle,
  labelWidth: number = LABEL_WIDTH,
): string[] {
  const margin = ' '.repeat(indent + labelWidth);
  return fields.flatMap(({ label, text, tone = 'plain' }) =>
    wrapText(text, style.width - margin.length).map((line, index) => {
      const head = index === 0 ? `${' '.repeat(indent)}${label.padEnd(labelWidth)}` : margin;
      return `${head}${style.paint(tone, line)}`;
    }),
  );
}

/** Wraps a text, every line behind `indent` spaces but the first, which follows `head`. */
export function formatItem(
  head: string,
  text: string,
  style: TextStyle,
  { indent = head.length, tone = 'plain' }: { readonly indent?: number; readonly tone?: Tone } = {},
): string[] {
  return wrapText(text, style.width - indent).map(
    (line, index) => `${index === 0 ? head : ' '.repeat(indent)}${style.paint(tone, line)}`,
  );
}
