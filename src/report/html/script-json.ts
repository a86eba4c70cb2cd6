const LOOKALIKES: Readonly<Record<string, string>> = { '&': '\\u0026', '<': '\\u003c', '>': '\\u003e' };

/** Writes a value as JSON that no HTML reader takes for the end of its script element, or for markup. */
export function formatScriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[&<>]/g, (character) => LOOKALIKES[character] ?? '');
}
