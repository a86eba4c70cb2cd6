import { nearestWord } from '../model/nearest-word.js';
import type { SavedReport } from '../model/saved-report.js';
import { UsageError } from '../model/usage-error.js';

/** The saved report of a name. */
export function findReport(saved: readonly SavedReport[], name: string): SavedReport {
  const found = saved.find((report) => report.name === name);
  if (found) return found;
  const near = nearestWord(
    name,
    saved.map((report) => report.name),
  );
  const hint = near ? `did you mean ${JSON.stringify(near)}?` : 'see certsweep report list';
  throw new UsageError(`there is no report ${JSON.stringify(name)}: ${hint}`);
}
