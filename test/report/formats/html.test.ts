import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import type { ExportOptions } from '../../../src/report/export-format.js';
import { html } from '../../../src/report/formats/html.js';
import { selectColumns } from '../../../src/report/select-columns.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeRecord, makeRefusedRecord } from '../sample-record.js';

async function readPage(records: Iterable<InventoryRecord>, options: Partial<ExportOptions> = {}) {
  const text = (await collectExport(html, records, options)).toString('utf8');
  const scripts = [...text.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([, attributes, content]) => ({
    attributes,
    content: content ?? '',
  }));
  const rows = scripts
    .filter(({ attributes }) => attributes === ' type="application/json" class="rows"')
    .flatMap(({ content }) => JSON.parse(content));
  return { text, scripts, rows, markup: text.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '<$1></$1>') };
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('page', () => {
  it('allows its own style sheet and script by hash, and nothing else', async () => {
    const { text, scripts } = await readPage([makeRecord()]);
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '';
    expect(scripts.map(({ attributes }) => attributes)).toEqual([
      ' type="application/json" class="rows"',
      '',
    ]);
    expect(text).toContain(
      `content="default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(scripts[1]?.content ?? '')}; base-uri 'none'; form-action 'none'"`,
    );
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
  });

  it('tells of the latest runs where they are given', async () => {
    const point = {
      run: '0193b7c0-0000-7000-8000-000000000001',
      at: '2026-11-22T11:00:00.000Z',
      certificates: 7,
      expired: 0,
      expiring: 0,
      warnings: 0,
    };
    const trend = async () => [point];
    expect((await readPage([makeRecord()], { trend })).markup).toContain('<h2>Latest runs</h2>');
    expect((await readPage([makeRecord()])).markup).not.toContain('Latest runs');
  });

  it('asks for nothing from elsewhere, and has no handlers or styles in its markup', async () => {
    const { markup, text } = await readPage([makeRecord(), makeRefusedRecord()]);
    expect(markup).not.toMatch(/<[^>]*\s(?:on\w+|style|src|href)=/i);
    expect(text).not.toMatch(/url\(|@import|https?:\/\//);
  });

  it('carries a row for each endpoint, in chunks', async () => {
    const records = Array.from({ length: 1200 }, (_, port) =>
      makeRecord({ endpoint: { ...makeRecord().endpoint, port } }),
    );
    const { rows, scripts, markup } = await readPage(records, {
      columns: selectColumns('port,expires,warnings'),
    });
    expect(scripts).toHaveLength(3 + 1);
    expect(rows).toHaveLength(1200);
    expect(rows[7]).toEqual([7, '2026-12-04 00:00:00', 'expiring; no-tls13']);
    expect(markup.match(/data-id="[a-zA-Z]+"/g)).toEqual([
      'data-id="port"',
      'data-id="expires"',
      'data-id="warnings"',
    ]);
    expect(markup).toContain('<dt>Endpoints</dt><dd>1\u202f200</dd>');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s out of its markup', async (_, text) => {
    const plain = await readPage([makeRecord()]);
    const hostile = await readPage([makeHostileRecord(text)]);
    const tagsOf = (markup: string) => [...markup.matchAll(/<\/?[a-zA-Z!][^\s>]*/g)].map(([tag]) => tag);
    expect(tagsOf(hostile.markup)).toEqual(tagsOf(plain.markup));
    expect(hostile.scripts).toHaveLength(plain.scripts.length);
    for (const { content } of hostile.scripts.slice(0, -1))
      expect(content).not.toMatch(/[<>&]|(?!\n)\p{Cc}/u);
    expect(hostile.rows).toHaveLength(1);
    expect(hostile.text).not.toMatch(/[\u202e\u2066]/);
    expect(hostile.text.length).toBeLessThan(plain.text.length + 20_000);
  });
});
