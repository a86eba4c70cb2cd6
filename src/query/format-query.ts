import type { Query, Test, TextPattern, TimeValue } from './query.js';

/** Writes a query so that reading it gives the same tree. */
export function formatQuery(query: Query): string {
  if (query.kind === 'and' || query.kind === 'or') return query.of.map(formatPart).join(` ${query.kind} `);
  if (query.kind === 'not') return `not ${formatPart(query.of)}`;
  if (query.kind === 'has') return `has ${query.field}`;
  const values = formatValues(query);
  if (values.length === 1) return `${query.field} ${query.operator} ${values[0]}`;
  return `${query.field} ${query.operator === '!=' ? 'not in' : 'in'} (${values.join(', ')})`;
}

function formatPart(part: Query): string {
  return part.kind === 'and' || part.kind === 'or' ? `(${formatQuery(part)})` : formatQuery(part);
}

function formatValues(test: Test): readonly string[] {
  if (test.kind === 'text') return test.values.map(formatPattern);
  if (test.kind === 'number') return test.values.map(String);
  if (test.kind === 'time') return test.values.map((value) => formatPattern([formatTime(value)]));
  if (test.kind === 'address') return test.values.map(({ text }) => text);
  return test.values.map((value) => formatPattern([value]));
}

function formatTime(value: TimeValue): string {
  if ('text' in value) return value.text;
  return `${value.amount < 0 ? '' : '+'}${value.amount}${value.unit}`;
}

/** Only what is not in quotes can have asterisks that stand for anything. */
function formatPattern(pattern: TextPattern): string {
  const [only = ''] = pattern;
  if (pattern.length > 1) return pattern.map((part) => part.replace(/[\s\\*(),"'=<>~!]/g, '\\$&')).join('*');
  return /^[\w.:/@+-]+$/.test(only) ? only : `"${only.replace(/["\\]/g, '\\$&')}"`;
}
