import type { ScanRun } from '../../model/scan-run.js';

/** Writes where a run came from: a scan, or what an import has read, as the file calls itself. */
export function formatRunOrigin({ definition: { file, origin } }: ScanRun): string {
  if (typeof origin !== 'string') return 'scan';
  return typeof file === 'string' ? `${origin} (${file})` : origin;
}
