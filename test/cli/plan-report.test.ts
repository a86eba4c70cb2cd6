import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/cli/plan-report.js';
import type { SavedReport } from '../../src/model/saved-report.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');

const REPORT: SavedReport = {
  name: 'expiring soon',
  title: null,
  of: 'certificates',
  fields: null,
  where: null,
  sort: null,
  limit: null,
  outcomes: false,
  format: 'csv',
  out: 'reports/{name}-{date}.csv',
  schedule: null,
  recipients: [],
};

describe('a saved report', () => {
  it('goes to a file of its name and day', async () => {
    expect((await planReport(REPORT, NOW)).path).toBe('reports/expiring-soon-2026-11-22.csv');
  });

  it.each<[string, Partial<SavedReport>]>([
    ['each format of certificates', { format: 'ndjson', fields: 'commonName,deployments', sort: '-expires' }],
    ['a query', { where: 'expires < 30d and not tag:lab' }],
    ['endpoints', { of: 'endpoints', format: 'html', outcomes: true, sort: 'expires' }],
    ['a schedule', { schedule: '*/15 7-19 * * MON-FRI' }],
    ['recipients', { recipients: ['security@example.org', 'a.b+c@mail.example.org'] }],
  ])('takes %s', async (_, changes) => {
    await expect(planReport({ ...REPORT, ...changes }, NOW)).resolves.toBeDefined();
  });

  it.each<[string, Partial<SavedReport>, RegExp]>([
    ['a name that leads out of a folder', { name: '../x' }, /cannot be called/],
    ['a field that is not there', { fields: 'comonName' }, /did you mean commonName/],
    ['a query that cannot be read', { where: 'expires <' }, /expires/],
    ['a query about endpoints, of certificates', { where: 'port = 443' }, /port/],
    ['a sort key that is not there', { sort: 'port' }, /--sort/],
    ['a format that certificates do not have', { format: 'html' }, /choose from csv, json, ndjson/],
    ['a format that is not there', { of: 'endpoints', format: 'doc' }, /choose from/],
    ['fields of what has none', { of: 'endpoints', format: 'pem', fields: 'port' }, /not made of fields/],
    ['outcomes of certificates', { outcomes: true }, /--outcomes/],
    ['a schedule of words', { schedule: 'every monday at seven please' }, /is no schedule/],
    ['a schedule with seconds', { schedule: '0 0 7 * * 1' }, /has 6 fields/],
    ['a day that never comes', { schedule: '0 7 31 2 *' }, /never comes|is no schedule/],
    ['what is no mail address', { recipients: ['a@example.org\r\nBcc: b@example.org'] }, /no mail address/],
    ['an unknown part of the file name', { out: '{day}.csv' }, /there is no \{day\}/],
  ])('refuses %s', async (_, changes, said) => {
    await expect(planReport({ ...REPORT, ...changes }, NOW)).rejects.toThrow(said);
  });
});
