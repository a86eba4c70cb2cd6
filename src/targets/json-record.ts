/** A JSON object of somebody else's making: what it holds is looked at key by key. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Reads one JSON object; null: it is none. */
export function readJsonRecord(text: string): JsonRecord | null {
  try {
    return asJsonRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A value as an object; null: it is none. */
export function asJsonRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** A value as text; null: it is none, or empty. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
