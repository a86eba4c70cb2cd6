import type { ForeignSource } from './foreign-source.js';
import * as registry from './import/index.js';

/** Every form of results that can be imported, by name of its file. */
export const FOREIGN_SOURCES: readonly ForeignSource[] = Object.values(registry);

/** The form of a file, told by how it begins; null: none of these. */
export function findForeignSource(beginning: string): ForeignSource | null {
  return FOREIGN_SOURCES.find((source) => source.recognises(beginning)) ?? null;
}

/** Help text: one line for each form. */
export function formatForeignSources(): string {
  const rows = FOREIGN_SOURCES.map(({ description, writtenBy }) => ({
    command: writtenBy.replaceAll('`', ''),
    description: description.replaceAll('`', ''),
  }));
  const width = Math.max(...rows.map(({ command }) => command.length));
  return rows.map(({ command, description }) => `${command.padEnd(width)}  ${description}`).join('\n');
}
