import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { html } from '../../../src/report/formats/html.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { collectExport } from '../../report/collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../../report/hostile-record.js';
import { makeManyRecords } from '../../report/many-records.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord } from '../../report/sample-record.js';
import { findReportProgram, REPORT_PROGRAMS } from './report-programs.js';

const program = findReportProgram(REPORT_PROGRAMS.chromium);

/** The browser starts once, and pages of 10,000 rows are opened. */
const TIMEOUT_MS = 60_000;

/** Longest time between two frames that people take for smooth work with a table. */
const SMOOTH_MS = 1000;

describe.skipIf(program.isSkipped)(`Chromium (${program.remark})`, () => {
  let browser: Browser;
  let folder: TemporaryFolder;

  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    // Root has no sandbox of its own to give up.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: program.file, args });
  }, TIMEOUT_MS);
  afterAll(async () => {
    await browser.close();
    await folder.remove();
  });

  /** Opens a report from disk, and holds that it asks for nothing and complains about nothing until `finish`. */
  async function open(records: Iterable<InventoryRecord>, javaScriptEnabled = true) {
    const file = folder.file('report.html');
    writeFileSync(file, await collectExport(html, records));
    const page = await browser.newPage({ javaScriptEnabled });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const url = String(pathToFileURL(file));
    await page.goto(url);
    return {
      page,
      async finish(expected: RegExp | null = null): Promise<void> {
        await page.close();
        expect(requests).toEqual([url]);
        expect(complaints.filter((each) => !expected?.test(each))).toEqual([]);
      },
    };
  }

  const cellsOf = (page: Page, column: number) =>
    page.locator(`#rows tbody tr td:nth-child(${column})`).allTextContents();

  const COMMON_NAME = 3;

  const three = () => [
    makeCertificateRecord({ commonName: 'b.example' }),
    makeCertificateRecord({ commonName: 'a10.example' }),
    makeRefusedRecord(),
    makeCertificateRecord({ commonName: 'a9.example' }),
  ];

  it('sorts by mouse and keyboard, and says so to those who cannot see', async () => {
    const { page, finish } = await open(three());
    const head = page.locator('#rows th', { hasText: 'Common Name' });
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await cellsOf(page, COMMON_NAME)).toEqual(['a9.example', 'a10.example', 'b.example', '']);
    await head.getByRole('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await cellsOf(page, COMMON_NAME)).toEqual(['b.example', 'a10.example', 'a9.example', '']);
    await finish();
  });

  it('searches for every word, and shows one status or one finding', async () => {
    const { page, finish } = await open(three());
    await page.getByLabel('Search').fill('a9 MAIL');
    expect(await cellsOf(page, COMMON_NAME)).toEqual(['a9.example']);
    expect(await page.locator('#where').textContent()).toBe('1–1 of 1');
    await page.getByLabel('Search').fill('nobody');
    expect(await page.locator('#where').textContent()).toBe('no rows');
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('No certificate');
    expect(await cellsOf(page, 1)).toEqual(['No certificate']);
    await page.getByLabel('Status').selectOption('');
    await page.getByRole('button', { name: 'no-tls13' }).click();
    expect(await cellsOf(page, 1)).toEqual(['Warning', 'Warning', 'Warning']);
    await finish();
  });

  it(
    'is smooth with 10,000 rows, and turns pages',
    async () => {
      const { page, finish } = await open(makeManyRecords(10_000, () => undefined));
      await expect.poll(() => page.locator('#where').textContent()).toBe('1–50 of 10000');
      const measured: number = await page.evaluate(`(() => {
        const start = performance.now();
        document.querySelector('#rows th:nth-child(4) button').click();
        return performance.now() - start;
      })()`);
      expect(measured).toBeLessThan(SMOOTH_MS);
      await page.getByRole('button', { name: 'Next page' }).click();
      expect(await page.locator('#where').textContent()).toBe('51–100 of 10000');
      await page.getByLabel('Rows').selectOption('1000');
      expect(await page.locator('#rows tbody tr').count()).toBe(1000);
      expect(await page.locator('script.rows').count()).toBe(0);
      await finish();
    },
    TIMEOUT_MS,
  );

  it('shows what certificates say as text, and runs none of it', async () => {
    const { page, finish } = await open([
      makeRecord(),
      ...Object.values(HOSTILE_TEXTS).map(makeHostileRecord),
    ]);
    const names = await cellsOf(page, COMMON_NAME);
    expect(names).toContain(HOSTILE_TEXTS.markup);
    expect(names).toContain(HOSTILE_TEXTS.formula);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate('document.scripts.length')).toBe(1);
    await finish();
  });

  it('lets nothing but its own script and style sheet work', async () => {
    const { page, finish } = await open([makeRecord()]);
    const blocked: string[] = await page.evaluate(`(async () => {
      const violations = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      const image = new Image();
      image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
      document.body.append(script, image);
      document.body.setAttribute('style', 'color: red');
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return violations.sort();
    })()`);
    expect(blocked).toEqual(['img-src', 'script-src-elem', 'style-src-attr']);
    expect(await page.title()).toBe('Certificate report');
    await finish(/Content Security Policy/);
  });

  it('tells all but the rows without scripts, and follows light and dark', async () => {
    const { page, finish } = await open(three(), false);
    expect(await page.locator('noscript').count()).toBe(1);
    expect(await page.locator('table.findings tbody tr').count()).toBe(2);
    expect(await page.locator('figure.chart').count()).toBe(6);
    const paper = () => page.evaluate("getComputedStyle(document.querySelector('.tile')).backgroundColor");
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await paper()).toBe('rgb(26, 33, 41)');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await finish();
  });
});
