import { findProgram } from '../find-program.js';
import type { Program } from '../interop-server.js';

/** Programs that read reports. */
export const REPORT_PROGRAMS = {
  chromium: { file: 'chromium', package: 'chromium' },
  openssl: { file: 'openssl', package: 'openssl' },
  promtool: { file: 'promtool', package: 'prometheus' },
  soffice: { file: 'soffice', package: 'libreoffice-calc' },
} as const satisfies Readonly<Record<string, Program>>;

/** The path of a program, and how a suite that needs it is named; it is skipped aloud where there is none, but not in CI. */
export function findReportProgram(program: Program): {
  readonly file: string;
  readonly isSkipped: boolean;
  readonly remark: string;
} {
  const file = findProgram(program);
  return {
    file: file ?? program.file,
    isSkipped: file === null && process.env.CI !== 'true',
    remark: file ?? `${program.file} is missing: install the package ${program.package}`,
  };
}
