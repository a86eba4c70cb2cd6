import { existsSync, readFileSync } from 'node:fs';

const LIMITS_FILE = '/proc/self/limits';

/** The line of that file: name, soft limit, hard limit, unit. */
const OPEN_FILES = /^Max open files\s+(\d+|unlimited)\s/m;

/**
 * How many descriptors this process may have open at once; null: any number, or the system does not say (Windows has no
 * such limit). Node.js has raised it to the hard limit when it started.
 */
export function readDescriptorLimit(): number | null {
  if (existsSync(LIMITS_FILE)) {
    const soft = OPEN_FILES.exec(readFileSync(LIMITS_FILE, 'utf8'))?.[1];
    if (soft !== undefined) return toNumber(soft);
  }
  return toNumber(readReportedLimit());
}

function readReportedLimit(): unknown {
  const report: unknown = process.report.getReport();
  const limits = memberOf(report, 'userLimits');
  return memberOf(memberOf(limits, 'open_files'), 'soft');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function toNumber(limit: unknown): number | null {
  const number = typeof limit === 'number' ? limit : Number.parseInt(String(limit), 10);
  return Number.isSafeInteger(number) ? number : null;
}
