import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { EXPORT_FORMATS, findFormat } from '../../src/report/find-format.js';
import { makeRecord, NOW, stream } from './sample-record.js';

describe('export formats', () => {
  it('have names and endings of their own', () => {
    expect(new Set(EXPORT_FORMATS.map(({ name }) => name)).size).toBe(EXPORT_FORMATS.length);
    for (const { name, title, mediaType } of EXPORT_FORMATS) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(title).not.toBe('');
      expect(mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+/);
    }
  });

  it.each(EXPORT_FORMATS)('$name writes something for one record and for none', async (format) => {
    for (const records of [[], [makeRecord()]]) {
      let text = '';
      for await (const chunk of format.write(stream(records), { now: NOW })) text += chunk;
      if (records.length > 0) expect(text).toContain('mail.example');
    }
  });

  it('are found by name in any case', () => {
    expect(findFormat('CSV').name).toBe('csv');
  });

  it('says which there are when there is none of a name', () => {
    expect(() => findFormat('xls')).toThrow(
      new UsageError('there is no format "xls": choose one of csv, json, ndjson'),
    );
  });
});
