import { cleanText } from '../clean-text.js';
import { cutText } from '../cut-text.js';

/** Longest value of a label: collectors keep every one in memory, and certificates may hold names of any length. */
const LABEL_CHARACTERS = 512;

/** Writes one sample in the text format of Prometheus; labels without a value are left out. */
export function formatSample(
  name: string,
  labels: Readonly<Record<string, string | null | undefined>>,
  value: number,
): string {
  const pairs = Object.entries(labels).flatMap(([label, text]) =>
    text === null || text === undefined || text === '' ? [] : [`${label}="${escapeLabel(text)}"`],
  );
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`;
}

function escapeLabel(text: string): string {
  return cutText(cleanText(text), LABEL_CHARACTERS).replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
}
