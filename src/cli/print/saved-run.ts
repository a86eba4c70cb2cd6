import type { RunsReplaced } from '../../store/replace-runs.js';

/** A run that is over, and where it is kept. */
export interface SavedRun {
  readonly path: string;
  readonly run: string;
  /** It was to replace all other runs. */
  readonly replaces: boolean;
  /** Null: it has not. */
  readonly replaced: RunsReplaced | null;
}

/** Writes the last lines of a summary: where the run is kept, and what became of others. */
export function formatSavedRun({ path, replaced, replaces, run }: SavedRun): string {
  const saved = `Saved in ${path} as run ${run}`;
  if (!replaces) return `${saved}\n`;
  if (replaced === null || replaced.doubt !== null)
    return `${saved}, which has replaced nothing: what was known before stands\n`;
  const { goingOn, removed } = replaced;
  const [first] = goingOn;
  const place = `, in place of ${count(removed, 'other run')}`;
  if (first === undefined) return `${saved}${place}\n`;
  const isOne = goingOn.length === 1;
  const left = `Left as ${isOne ? 'it was' : 'they were'}: ${count(goingOn.length, 'run')} that ${isOne ? 'has' : 'have'} not ended`;
  return `${saved}${place}\n${left} and may be going on elsewhere; one that was killed is ended by certsweep scan --resume ${first}\n`;
}

function count(runs: number, what: string): string {
  return `${runs.toLocaleString('en-US')} ${what}${runs === 1 ? '' : 's'}`;
}
