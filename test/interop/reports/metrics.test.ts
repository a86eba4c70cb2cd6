import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { prometheus } from '../../../src/report/formats/prometheus.js';
import { collectExport } from '../../report/collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../../report/hostile-record.js';
import { makeRecord, makeRefusedRecord } from '../../report/sample-record.js';
import { findReportProgram, REPORT_PROGRAMS } from './report-programs.js';

const promtool = findReportProgram(REPORT_PROGRAMS.promtool);

describe.skipIf(promtool.isSkipped)(`promtool (${promtool.remark})`, () => {
  it('has nothing to say about the metrics', async () => {
    const records = [
      makeRecord(),
      makeRefusedRecord(),
      ...Object.values(HOSTILE_TEXTS).map(makeHostileRecord),
    ];
    const input = await collectExport(prometheus, records);
    const { status, stdout, stderr } = spawnSync(promtool.file, ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
