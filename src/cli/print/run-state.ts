import type { ScanRun } from '../../model/scan-run.js';

/** Writes how a run stands, and towards others where it was not just to join them. */
export function formatRunState({ definition, isProvisional, state }: ScanRun): string {
  if (isProvisional) return `${state}, replaces others once complete`;
  return definition.save === 'replace' && state === 'completed' ? `${state}, replaced others` : state;
}
