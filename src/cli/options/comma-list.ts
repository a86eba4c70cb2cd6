/** Gathers an option that may be given several times, each with several values and commas between. */
export function commaList(text: string, before: readonly string[] = []): string[] {
  const values = text.split(',').map((value) => value.trim());
  return [...before, ...values.filter((value) => value !== '')];
}
