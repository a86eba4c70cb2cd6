import type { Status } from '../../model/judgement.js';
import type { ExpiryWindow } from '../expiry-window.js';
import type { ExportSummary } from '../export-summary.js';
import type { Tally } from '../tally.js';
import { type ChartPart, formatBarChart, formatRingChart } from './chart.js';

/** Names shown of what peers may name; the rest is one bar. */
const NAMES = 8;

const STATUS_TONES: Readonly<Record<Status, string>> = {
  Expired: 'critical',
  Revoked: 'revoked',
  Warning: 'warning',
  Good: 'good',
  'No certificate': 'none',
};

const WINDOW_TONES: Readonly<Record<ExpiryWindow, string>> = {
  Expired: 'critical',
  '0 to 7 days': 'high',
  '8 to 30 days': 'warning',
  '31 to 60 days': 'soon',
  '61 to 90 days': 'plain',
  '91 to 365 days': 'plain',
  'More than a year': 'plain',
  Never: 'none',
  Unknown: 'none',
  Unused: 'none',
};

/** Draws all charts of a summary. */
export function formatCharts(summary: ExportSummary): string {
  return [
    formatRingChart('Endpoints by status', 'endpoints', listParts(summary.statuses, STATUS_TONES)),
    formatBarChart(
      'Certificates by time left',
      listParts(summary.windows, WINDOW_TONES, ['Never', 'Unknown', 'Unused']),
    ),
    formatBarChart('Endpoints by grade', listGrades(summary.letters)),
    formatBarChart('Certificates by CA', listTop(summary.authorities)),
    formatBarChart('Certificates by key type', listTop(summary.keyTypes)),
    formatBarChart('Certificates by key length', listTop(summary.keyLengths)),
  ].join('\n');
}

function listParts<Name extends string>(
  counts: ReadonlyMap<Name, number>,
  tones: Readonly<Record<Name, string>>,
  optional: readonly string[] = ['No certificate', 'Revoked'],
): ChartPart[] {
  return [...counts]
    .filter(([name, count]) => count > 0 || !optional.includes(name))
    .map(([name, count]) => ({ name, count, tone: tones[name] }));
}

function listGrades(letters: ReadonlyMap<string, number>): ChartPart[] {
  return [...letters]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, count, tone: toneOfGrade(name) }));
}

/** A class of the style sheet for a letter. */
function toneOfGrade(letter: string): string {
  if (letter.startsWith('A')) return 'good';
  if (letter === 'B' || letter === 'C') return 'soon';
  return letter === 'D' || letter === 'E' ? 'warning' : 'critical';
}

function listTop(tally: Tally): ChartPart[] {
  const { counts, others } = tally.top(NAMES);
  const parts = counts.map((each) => ({ ...each, tone: 'plain' }));
  return others > 0 ? [...parts, { name: 'All others', count: others, tone: 'none' }] : parts;
}
