import { Cron } from 'croner';
import { z } from 'zod';
import type { SavedReport } from '../model/saved-report.js';
import { UsageError } from '../model/usage-error.js';
import { CERTIFICATE_COLUMNS, MOST_DEPLOYMENTS } from '../report/certificate-columns.js';
import { EXPORT_FORMATS, findFormat } from '../report/find-format.js';
import { selectColumns, selectFrom } from '../report/select-columns.js';
import {
  CERTIFICATE_FORMATS,
  DEFAULT_CERTIFICATE_COLUMNS,
  writeCertificates,
} from '../report/write-certificates.js';
import { exportRecords } from '../scan/export/export-records.js';
import type { Inventory } from '../store/inventory.js';
import { CERTIFICATE_SORT_KEYS } from '../store/list-certificates.js';
import { RECORD_SORT_KEYS } from '../store/record-query.js';
import { parseSort } from './parse-sort.js';
import { parseWhere } from './parse-where.js';
import { readTrend } from './read-trend.js';

/** A saved report that was understood, as of a moment. */
export interface ReportPlan {
  /** Where it goes, nothing left to replace. */
  readonly path: string;
  /** Writes it, piece by piece. */
  write(inventory: Inventory): AsyncIterable<string | Uint8Array>;
}

/** Understands all that a report says, or tells what is wrong with it. */
export async function planReport(report: SavedReport, now: Date): Promise<ReportPlan> {
  checkName(report.name);
  checkSchedule(report.schedule);
  for (const recipient of report.recipients) checkRecipient(recipient);
  return {
    path: fillPattern(report, now),
    write: await (report.of === 'certificates' ? planCertificates(report, now) : planEndpoints(report, now)),
  };
}

async function planEndpoints(report: SavedReport, now: Date): Promise<ReportPlan['write']> {
  const { fields, limit, outcomes, sort: sorting, title, where } = report;
  if (!EXPORT_FORMATS.some(({ name }) => name === report.format))
    throw new UsageError(
      `--format: endpoints cannot be written as ${report.format}: choose from ${EXPORT_FORMATS.map(({ name }) => name).join(', ')}`,
    );
  const format = findFormat(report.format);
  if (fields !== null && !format.hasFields)
    throw new UsageError(`--fields: ${format.name} is not made of fields: leave it out`);
  const columns = fields === null ? null : selectColumns(fields);
  const sort = sorting === null ? null : parseSort(sorting, RECORD_SORT_KEYS);
  const matching = where === null ? null : await parseWhere(where, 'endpoints', now);
  return (inventory) =>
    exportRecords(inventory, {
      format,
      query: {
        now,
        withOutcomes: outcomes,
        ...(matching && { matching }),
        ...(sort && { sort }),
        ...(limit !== null && { limit }),
      },
      options: {
        now,
        ...(columns && { columns }),
        ...(title !== null && { title }),
        ...(where === null && limit === null && { trend: () => readTrend(inventory, now) }),
      },
    });
}

async function planCertificates(report: SavedReport, now: Date): Promise<ReportPlan['write']> {
  const { fields, limit, outcomes, sort: sorting, where } = report;
  if (outcomes) throw new UsageError('--outcomes is about endpoints: leave it out');
  const format = CERTIFICATE_FORMATS.find((name) => name === report.format);
  if (format === undefined)
    throw new UsageError(
      `--format: certificates cannot be written as ${report.format}: choose from ${CERTIFICATE_FORMATS.join(', ')}`,
    );
  const columns = fields === null ? DEFAULT_CERTIFICATE_COLUMNS : selectFrom(CERTIFICATE_COLUMNS, fields);
  const sort = sorting === null ? null : parseSort(sorting, CERTIFICATE_SORT_KEYS);
  const matching = where === null ? null : await parseWhere(where, 'certificates', now);
  return (inventory) => {
    const certificates = inventory.certificates({
      ...(columns.some(({ id }) => id === 'deployments') && { maxDeployments: MOST_DEPLOYMENTS }),
      ...(matching && { matching }),
      ...(sort && { sort }),
      ...(limit !== null && { limit }),
    });
    return writeCertificates(format, certificates, columns, now);
  };
}

/** A name becomes a part of files' names: letters, digits and a few marks, none of which leads out of a folder. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

function checkName(name: string): void {
  if (!NAME.test(name))
    throw new UsageError(
      `a report cannot be called ${JSON.stringify(name)}: take letters, digits, spaces, dots and hyphens, 64 at the most, a letter or digit first`,
    );
}

/** Seconds, years and @words are what other crons would not understand. */
const CRON_FIELDS = 5;

function checkSchedule(schedule: string | null): void {
  if (schedule === null) return;
  const wrong = (why: string, cause?: unknown) =>
    new UsageError(
      `--schedule: ${JSON.stringify(schedule)} ${why}: write minute, hour, day, month and weekday, as "0 7 * * 1" for Mondays at 7`,
      { cause },
    );
  const fields = schedule.trim().split(/\s+/).length;
  if (fields !== CRON_FIELDS) throw wrong(`has ${fields} fields, not ${CRON_FIELDS}`);
  let isEver: boolean;
  try {
    isEver = new Cron(schedule.trim(), { paused: true }).nextRun() !== null;
  } catch (error) {
    throw wrong('is no schedule', error);
  }
  if (!isEver) throw wrong('never comes');
}

const mailAddress = z.email();

function checkRecipient(recipient: string): void {
  if (!mailAddress.safeParse(recipient).success)
    throw new UsageError(
      `--recipients: ${JSON.stringify(recipient)} is no mail address, as security@example.org is one`,
    );
}

/** Replaces `{date}` (UTC) and `{name}`. */
function fillPattern({ name, out }: SavedReport, now: Date): string {
  const parts: Readonly<Record<string, string>> = {
    date: now.toISOString().slice(0, 10),
    name: name.replaceAll(' ', '-'),
  };
  return out.replace(/\{([^{}]*)\}/g, (_, part: string) => {
    const filled = parts[part];
    if (filled === undefined)
      throw new UsageError(`--out: there is no {${part}} to put in: there are {date} and {name}`);
    return filled;
  });
}
