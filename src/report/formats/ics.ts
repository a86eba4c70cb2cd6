import { formatEndpoint } from '../../model/endpoint.js';
import type { InventoryRecord } from '../../model/inventory-record.js';
import { cleanText } from '../clean-text.js';
import { cutText } from '../cut-text.js';
import { findExpiryWindow } from '../expiry-window.js';
import type { ExportFormat } from '../export-format.js';
import { ExternalSorter } from '../external-sorter.js';
import { escapeContentText, formatContentLine } from '../ics/content-line.js';
import { type ExpiryEvent, formatExpiryEvent } from '../ics/expiry-event.js';

/** Endpoints named in one event; a wildcard certificate may be on thousands, and calendars show a few lines. */
const ENDPOINTS_NAMED = 50;

/** Longest name or place in an event. */
const TEXT_CHARACTERS = 250;

/** A calendar of the days on which certificates expire (RFC 5545), one event for each certificate. */
export const ics: ExportFormat = {
  name: 'ics',
  title: 'Calendar of expiry dates',
  description:
    'For calendars: one event on the last day of each certificate that is in use, with its endpoints and reminders 30, 14, 7 and 1 days before. Importing it again updates the events.',
  extension: 'ics',
  mediaType: 'text/calendar; charset=utf-8',
  hasFields: false,
  reads: () => new Set(['annotation', 'certificate']),
  async *write(records, { now, title = 'Certificates' }) {
    yield 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//certsweep//certificate expiry//EN\r\nCALSCALE:GREGORIAN\r\n';
    yield formatContentLine('X-WR-CALNAME', escapeContentText(tidy(title)));
    const sorter = new ExternalSorter<ExpiryEvent>();
    try {
      for await (const record of records) {
        const event = toEvent(record, now);
        if (event) await sorter.add(`${event.notAfter} ${event.fingerprintSha256}`, event);
      }
      for await (const event of joinEvents(sorter.sorted())) yield formatExpiryEvent(event, now);
    } finally {
      await sorter.close();
    }
    yield 'END:VCALENDAR\r\n';
  },
};

/** The event of one endpoint; null: its certificate has no last day that a calendar can hold, or nobody uses it. */
function toEvent({ certificate, endpoint, unused }: InventoryRecord, now: Date): ExpiryEvent | null {
  if (!certificate?.notAfter || unused) return null;
  const window = findExpiryWindow(certificate.notAfter, now);
  if (window === 'Never' || window === 'Unknown') return null;
  if (!/^\d{4}-/.test(certificate.notAfter)) return null;
  const { commonName, subjectAltNames, fingerprintSha256, notAfter, issuer } = certificate;
  const name = commonName ?? subjectAltNames[0]?.replace(/^\w+:/, '') ?? fingerprintSha256.slice(0, 16);
  return {
    fingerprintSha256,
    notAfter,
    name: tidy(name),
    issuer: tidy(issuer),
    endpoints: [tidy(formatEndpoint(endpoint))],
    otherEndpoints: 0,
  };
}

/** Makes one event of those that come with one key, one after the other. */
async function* joinEvents(
  sorted: AsyncIterable<{ readonly key: string; readonly item: ExpiryEvent }>,
): AsyncGenerator<ExpiryEvent> {
  let last = '';
  let joined: ExpiryEvent | undefined;
  for await (const { key, item } of sorted) {
    if (joined && key !== last) yield joined;
    joined = joined && key === last ? join(joined, item) : item;
    last = key;
  }
  if (joined) yield joined;
}

function join(event: ExpiryEvent, { endpoints }: ExpiryEvent): ExpiryEvent {
  return event.endpoints.length < ENDPOINTS_NAMED
    ? { ...event, endpoints: [...event.endpoints, ...endpoints] }
    : { ...event, otherEndpoints: event.otherEndpoints + endpoints.length };
}

function tidy(text: string): string {
  return cutText(cleanText(text), TEXT_CHARACTERS);
}
