import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  findImportFormat,
  formatImportFormats,
  IMPORT_FORMATS,
} from '../../../src/targets/find-import-format.js';
import * as registry from '../../../src/targets/import/index.js';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const ALL = Object.entries(registry).flatMap(([name, format]) =>
  (SAMPLES[name] ?? []).map((text, index) => ({ title: `${name} ${index + 1}`, format, text })),
);

describe('every form of other scanners', () => {
  test('has samples, and is in the list', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(registry).sort());
    expect(IMPORT_FORMATS).toHaveLength(Object.keys(registry).length);
    expect(new Set(IMPORT_FORMATS.map(({ name }) => name)).size).toBe(IMPORT_FORMATS.length);
  });

  test('is told in the help and in the manual', () => {
    const manual = readFileSync(new URL('../../../docs/imports.md', import.meta.url), 'utf8');
    for (const { writtenBy, name, description } of IMPORT_FORMATS) {
      expect(formatImportFormats()).toContain(writtenBy.replaceAll('`', ''));
      expect(manual).toContain(`| ${name} | ${writtenBy} | ${description} |`);
    }
  });

  describe.each(ALL)('$title', ({ format, text }) => {
    test('is recognised by one reader alone, by its beginning', () => {
      for (const beginning of [text, `\n${text}`, text.slice(0, 400), text.replaceAll('\n', '\r\n')]) {
        expect(IMPORT_FORMATS.filter((each) => each.recognises(beginning))).toEqual([format]);
      }
    });

    test('is read alike in pieces of any length, with any line end and a byte order mark', async () => {
      const whole = await readFile(text, text.length);
      expect(whole.targets.length).toBeGreaterThan(0);
      expect(whole.note).toContain(`scan.out: ${format.name}, ${whole.targets.length} target`);
      for (const pieceLength of [1, 2, 3, 7, 64, 1000]) {
        expect(await readFile(text, pieceLength)).toEqual(whole);
      }
      for (const lineEnd of ['\r\n', '\r']) {
        if (lineEnd === '\r' && format.name.includes('JSON')) continue;
        expect(await readFile(text.replaceAll('\n', lineEnd), 5)).toEqual(whole);
      }
      expect(await readFile(`\ufeff${text}`)).toEqual(whole);
    });

    test('is read or refused with a reason wherever it is cut off, and never half in silence', async () => {
      const whole = await readFile(text);
      for (let length = 0; length < text.length; length += 1) {
        const cut = text.slice(0, length);
        const message = await refusalOf(cut);
        if (message !== '') {
          expect(message).toMatch(/^scan\.out line \d+: /);
        } else if (findImportFormat(cut) === format) {
          const { targets } = await readFile(cut);
          expect(whole.targets.slice(0, targets.length)).toEqual(targets);
        }
      }
    });

    test('is read or refused with a reason when characters are changed', async () => {
      for (let at = 0; at < text.length; at += 7) {
        for (const character of ['"', '<', '{', ']', '\0', '\ud800', ' ']) {
          await refusalOf(text.slice(0, at) + character + text.slice(at + 1));
        }
      }
    });
  });

  test.each([
    ['words', '192.0.2.1\nmail.example:25/smtp\n'],
    ['a table', 'address,name,port\n192.0.2.1,a.example,443\n'],
    ['JSON lines', '{"address":"192.0.2.1","port":443}\n'],
    ['JSON lines by name', '{"name":"a.example","port":443,"ip":"192.0.2.1"}\n'],
    ['JSON lines with a URL of their own', '{"name":"a.example","url":"https://wiki.example/a"}\n'],
    ['a table with hosts', 'name;host\na.example;x\n'],
    ['nothing', ''],
    ['a comment', '# Nmap is a scanner\n192.0.2.1\n'],
  ])('is not what target text is: %s', async (_, text) => {
    expect(findImportFormat(text)).toBeNull();
    expect((await readFile(text)).note).toBeNull();
  });
});
