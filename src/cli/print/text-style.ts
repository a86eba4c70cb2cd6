import { styleText } from 'node:util';

/** What a text means, which decides its colour. */
export type Tone = 'plain' | 'title' | 'good' | 'warning' | 'bad' | 'faint';

/** How reports are laid out. */
export interface TextStyle {
  /** Columns of a line. */
  readonly width: number;
  /** Colours text that is safe for the terminal already. */
  paint(tone: Tone, text: string): string;
}

/** Columns beyond which lines are hard to read. */
const MOST_COLUMNS = 100;

/** Columns below which nothing sensible can be laid out. */
const FEWEST_COLUMNS = 60;

const FORMATS = {
  title: 'bold',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  faint: 'gray',
} as const;

/** The style for a stream: colours on a terminal only, and not where NO_COLOR is set (no-color.org). */
export function makeTextStyle(
  { columns, isTTY }: Pick<NodeJS.WriteStream, 'columns' | 'isTTY'>,
  noColor: string | undefined,
): TextStyle {
  const isColoured = isTTY && (noColor ?? '') === '';
  return {
    // Some terminals do not tell their width.
    width: isTTY && columns > 0 ? Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, columns)) : MOST_COLUMNS,
    paint: (tone, text) =>
      isColoured && tone !== 'plain' ? styleText(FORMATS[tone], text, { validateStream: false }) : text,
  };
}
