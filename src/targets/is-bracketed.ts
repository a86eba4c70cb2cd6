/** Whether one pair of brackets holds the whole text. */
export function isBracketed(text: string): boolean {
  return text.startsWith('[') && text.indexOf(']') === text.length - 1;
}
