import { escapeTerminal } from './escape-terminal.js';
import type { TextStyle, Tone } from './text-style.js';

/** One bar: what it stands for, how many, and what it means. */
export interface Bar {
  readonly name: string;
  readonly count: number;
  readonly tone?: Tone;
}

/** Columns of the longest name; longer ones are cut, with a mark. */
const NAME_COLUMNS = 28;

/** Eighths of a column, so that small differences can be seen. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Draws bars under a title, as long as their counts, no wider than the style's lines; empty: all counts are 0. */
export function formatBars(title: string, bars: readonly Bar[], style: TextStyle): string {
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return '';
  const most = Math.max(...bars.map(({ count }) => count));
  const counts = bars.map(({ count }) => formatCount(count));
  const countColumns = Math.max(...counts.map(({ length }) => length));
  const rest = style.width - NAME_COLUMNS - countColumns - ' 100 %'.length - 2 * GAP.length - 2;
  const lines = bars.map(({ count, name, tone = 'plain' }, index) => {
    const share = Math.round((100 * count) / total);
    const label = cut(escapeTerminal(name)).padEnd(NAME_COLUMNS);
    const number = (counts[index] ?? '').padStart(countColumns);
    const percent = `${String(share).padStart(3)} %`;
    const bar = draw((count / most) * rest);
    return `  ${label}${GAP}${number} ${percent}${bar === '' ? '' : `${GAP}${style.paint(tone, bar)}`}`;
  });
  return [style.paint('title', escapeTerminal(title)), ...lines].join('\n');
}

/** `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

const GAP = '  ';

/** What is there at all is to be seen. */
function draw(columns: number): string {
  const eighths = columns > 0 ? Math.max(1, Math.round(columns * EIGHTHS.length)) : 0;
  return '█'.repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] ?? '');
}

function cut(text: string): string {
  return text.length <= NAME_COLUMNS ? text : `${text.slice(0, NAME_COLUMNS - 1)}…`;
}
