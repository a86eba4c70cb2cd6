import { UsageError } from '../model/usage-error.js';
import { openInventory } from '../store/inventory.js';
import { formatForeignSources } from './find-foreign-source.js';
import { importCertificates } from './import-certificates.js';
import { findImportForm, type ImportForm } from './import-form.js';
import { importResults, type ResultsToImport } from './import-results.js';

/** A file or folder to import, and what to judge it by. */
export interface FileToImport extends Omit<ResultsToImport, 'inventory' | 'source'> {
  /** Where an inventory of it is made: a file that is not there yet. */
  readonly into: string;
  /** As `findImportForm` tells it; absent: it is asked. */
  readonly form?: ImportForm;
}

/** What became of a file. */
export interface ImportedFile {
  /** Null: certificates on disk, which nobody has observed. */
  readonly run: string | null;
  /** One line: what was taken, what was left out and why. */
  readonly note: string;
}

/**
 * Makes an inventory of what a file of another tool, an export of certsweep, or certificates on disk hold, ready to be
 * merged into another one: so either all of it joins that, or nothing. Throws a UsageError that names file and line.
 */
export async function importFile({ into, form, ...request }: FileToImport): Promise<ImportedFile> {
  const { path } = request;
  const known = form ?? (await findImportForm(path));
  if (known === null) {
    throw new UsageError(
      `${path} is neither an inventory nor a file that can be imported; there are:\n${formatForeignSources()}`,
    );
  }
  const inventory = openInventory(into, { create: true });
  try {
    if (known.kind === 'certificates') {
      const { certificates, files, unreadable } = await importCertificates(path, inventory);
      const rest = unreadable === 0 ? '' : `; left out: ${count(unreadable, 'unreadable certificate')}`;
      return {
        run: null,
        note: `${path}: ${count(certificates, 'certificate')} in ${count(files, 'file')}${rest}`,
      };
    }
    const { source } = known;
    const { leftOut, observations, run, undated } = await importResults({ ...request, source, inventory });
    const left = [...leftOut].map(([why, times]) => `${times.toLocaleString('en-US')} ${why}`);
    const parts = [
      `${path}: ${source.name}, ${count(observations, 'observation')}`,
      ...(left.length === 0 ? [] : [`left out: ${left.join(', ')}`]),
      ...(undated === 0
        ? []
        : [`${count(undated, 'result')} without a time of observation took that of the file`]),
    ];
    return { run, note: parts.join('; ') };
  } finally {
    await inventory.close();
  }
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
