/** Cuts text to a number of UTF-16 units, the last one an ellipsis; no character is cut in two. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  const isPairCut = /[\ud800-\udbff]$/.test(text.slice(0, units - 1));
  return `${text.slice(0, isPairCut ? units - 2 : units - 1)}…`;
}
