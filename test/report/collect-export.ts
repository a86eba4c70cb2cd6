import type { InventoryRecord } from '../../src/model/inventory-record.js';
import type { ExportFormat, ExportOptions } from '../../src/report/export-format.js';
import { NOW, stream } from './sample-record.js';

/** Writes records in a format and returns all bytes of it. */
export async function collectExport(
  format: ExportFormat,
  records: Iterable<InventoryRecord>,
  options: Partial<ExportOptions> = {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of format.write(stream(records), {
    now: NOW,
    certificateDer: async (fingerprint) => Buffer.from(`DER of ${fingerprint}`),
    ...options,
  }))
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
