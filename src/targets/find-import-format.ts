import * as registry from './import/index.js';
import type { ImportFormat } from './import-format.js';

/** Every form of other scanners that can be read, by name of its file. */
export const IMPORT_FORMATS: readonly ImportFormat[] = Object.values(registry);

/** The form in which a file is written, told by how it begins; null: it is target text, or none of these. */
export function findImportFormat(beginning: string): ImportFormat | null {
  return IMPORT_FORMATS.find((format) => format.recognises(beginning)) ?? null;
}

/** Help text: one line for each form. */
export function formatImportFormats(): string {
  const rows = IMPORT_FORMATS.map(({ description, writtenBy }) => ({
    command: writtenBy.replaceAll('`', ''),
    description: description.replaceAll('`', ''),
  }));
  const width = Math.max(...rows.map(({ command }) => command.length));
  return rows.map(({ command, description }) => `${command.padEnd(width)}  ${description}`).join('\n');
}
