import { UsageError } from '../model/usage-error.js';
import type { ExportFormat } from './export-format.js';
import * as registry from './formats/index.js';

/** All formats, by name. */
export const EXPORT_FORMATS: readonly ExportFormat[] = Object.values(registry);

/** The format of a name, in any case. */
export function findFormat(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((each) => each.name === name.toLowerCase());
  if (format) return format;
  const names = EXPORT_FORMATS.map((each) => each.name).join(', ');
  throw new UsageError(`there is no format ${JSON.stringify(name)}: choose one of ${names}`);
}
