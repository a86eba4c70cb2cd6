/** Times outside of these are none that a scan can have had: the store counts milliseconds from 1970 on. */
const LAST_YEAR = 9999;

/** Reads a time of somebody else's writing as UTC ISO-8601; null: it is none. */
export function readToldTime(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return Number.isNaN(year) || date.getTime() < 0 || year > LAST_YEAR ? null : date.toISOString();
}

/** Reads an end of a validity period, which may lie before 1970; null: it is none. */
export function readToldValidity(value: unknown): string | null {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  const year = date.getUTCFullYear();
  return Number.isNaN(year) || year < 0 || year > LAST_YEAR ? null : date.toISOString();
}
