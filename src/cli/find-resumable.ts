import { UsageError } from '../model/usage-error.js';
import { type ScanDefinition, scanDefinitionSchema } from '../scan/scan-definition.js';
import { openInventory } from '../store/inventory.js';
import type { ScanFlags } from './scan-flags.js';

/** Options that would make another plan of a run, and so cannot go with `--resume`. */
const PLAN_FLAGS = {
  ports: '--ports',
  exclude: '--exclude',
  excludeFile: '--exclude-file',
  targetsFile: '--targets-file',
  serverName: '--server-name',
  definition: '--definition',
  seed: '--seed',
  save: '--save',
  onlyNew: '--only-new',
  olderThan: '--older-than',
  expiringFirst: '--expiring-first',
} as const;

/** A run that can be gone on with, and how it was defined. */
export interface ResumableRun {
  readonly run: string;
  readonly definition: ScanDefinition;
}

/** Finds the run that `--resume` means: the one named (the beginning of its id will do), or the last unfinished one. */
export async function findResumable(flags: ScanFlags, targets: readonly string[]): Promise<ResumableRun> {
  const odd = Object.entries(PLAN_FLAGS).find(
    ([name]) => flags[name as keyof typeof PLAN_FLAGS] !== undefined,
  )?.[1];
  if (targets.length > 0 || odd !== undefined) {
    throw new UsageError(`--resume goes on with the plan of the run: leave out ${odd ?? 'the targets'}`);
  }
  const inventory = openInventory(flags.db);
  try {
    const runs = await inventory.runs();
    const wanted = typeof flags.resume === 'string' ? flags.resume : null;
    const run =
      wanted === null
        ? runs.find(({ state }) => state !== 'completed')
        : runs.find(({ id }) => id.startsWith(wanted));
    if (run === undefined) {
      throw new UsageError(
        wanted === null
          ? `no run in ${flags.db} is unfinished: see certsweep list runs`
          : `${flags.db} has no run ${wanted}: see certsweep list runs`,
      );
    }
    if (run.state === 'completed')
      throw new UsageError(`run ${run.id} is complete: there is nothing to resume`);
    const definition = scanDefinitionSchema.safeParse(run.definition);
    if (!definition.success) {
      throw new UsageError(`run ${run.id} cannot be resumed: its definition was written by another version`);
    }
    return { run: run.id, definition: definition.data };
  } finally {
    await inventory.close();
  }
}
