import { escapeContentText, formatContentLine } from './content-line.js';

/** Days before the end at which calendars remind: time to order, time to hurry, and the last warning. */
const REMINDER_DAYS = [30, 14, 7, 1] as const;

/** The end of one certificate, as a calendar shows it. */
export interface ExpiryEvent {
  readonly fingerprintSha256: string;
  /** UTC ISO-8601. */
  readonly notAfter: string;
  /** One line; so are all texts here. */
  readonly name: string;
  readonly issuer: string;
  /** Where it is in use, as far as the event says so. */
  readonly endpoints: readonly string[];
  /** How many more there are. */
  readonly otherEndpoints: number;
}

/** Writes one VEVENT with its reminders (RFC 5545, sections 3.6.1 and 3.6.6). */
export function formatExpiryEvent(event: ExpiryEvent, now: Date): string {
  const count = event.endpoints.length + event.otherEndpoints;
  const summary = `Certificate of ${event.name} expires${count > 1 ? ` (${count} endpoints)` : ''}`;
  const more = event.otherEndpoints > 0 ? [`and ${event.otherEndpoints} more`] : [];
  const description = [
    `Issuer: ${event.issuer}`,
    `SHA-256: ${event.fingerprintSha256}`,
    'Endpoints:',
    ...event.endpoints,
    ...more,
  ].join('\n');
  const lines: readonly (readonly [string, string])[] = [
    ['BEGIN', 'VEVENT'],
    ['UID', `${event.fingerprintSha256}@certsweep`],
    ['DTSTAMP', formatMoment(now.toISOString())],
    ['DTSTART', formatMoment(event.notAfter)],
    ['SUMMARY', escapeContentText(summary)],
    ['DESCRIPTION', escapeContentText(description)],
    ['TRANSP', 'TRANSPARENT'],
    ...REMINDER_DAYS.flatMap((days) => formatReminder(days, event.name)),
    ['END', 'VEVENT'],
  ];
  return lines.map(([name, value]) => formatContentLine(name, value)).join('');
}

function formatReminder(days: number, name: string): readonly (readonly [string, string])[] {
  const when = days === 1 ? 'in a day' : `in ${days} days`;
  return [
    ['BEGIN', 'VALARM'],
    ['ACTION', 'DISPLAY'],
    ['TRIGGER', `-P${days}D`],
    ['DESCRIPTION', escapeContentText(`Certificate of ${name} expires ${when}`)],
    ['END', 'VALARM'],
  ];
}

/** `20261204T000000Z` (RFC 5545, section 3.3.5). */
function formatMoment(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '');
}
