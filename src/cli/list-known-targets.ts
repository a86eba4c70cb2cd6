import { formatEndpoint } from '../model/endpoint.js';
import { UsageError } from '../model/usage-error.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { openInventory } from '../store/inventory.js';

/** Targets of one text: enough that texts cost nothing, and few enough that a text is no burden. */
const WORDS_PER_TEXT = 1000;

/** Whether the scan goes by what is known and names no targets: it then visits what had a certificate when seen last. */
export function needsKnownTargets(args: readonly string[], definition: ScanDefinition): boolean {
  const { expiringFirst, olderThan, targets = [], targetsFile = [] } = definition;
  return (
    args.length + targets.length + targetsFile.length === 0 &&
    (expiringFirst === true || olderThan !== undefined)
  );
}

/** The endpoints that presented a certificate when they were last observed, as text that is read as targets. */
export async function listKnownTargets(db: string): Promise<string[]> {
  const inventory = openInventory(db, { readOnly: true });
  const texts: string[] = [];
  try {
    let words: string[] = [];
    for await (const { endpoint, hasCertificate } of inventory.lastObserved()) {
      if (!hasCertificate) continue;
      // The port alone may stand for another protocol.
      words.push(`${formatEndpoint(endpoint)}${endpoint.protocol === 'tls' ? '/tls' : ''}`);
      if (words.length < WORDS_PER_TEXT) continue;
      texts.push(words.join(' '));
      words = [];
    }
    if (words.length > 0) texts.push(words.join(' '));
  } finally {
    await inventory.close();
  }
  if (texts.length === 0) throw new UsageError(`no targets: ${db} knows no endpoint with a certificate`);
  return texts;
}
