/** Controls that stand for white space: tabs, line ends, and Unicode's line and paragraph separators. */
const WHITE_CONTROLS = /[\t-\r\u0085\u2028\u2029]+/g;

/** Other controls, and characters that turn the direction of text or take no room, by which one name poses as another. */
const HIDDEN_CHARACTERS =
  /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff]/gu;

/** Most text needs no more than this look. */
const PLAIN = /^[ -~]*$/;

/** Makes text of a peer fit for people's eyes: one line, in which nothing hides, moves or turns around. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(WHITE_CONTROLS, ' ').replace(HIDDEN_CHARACTERS, '\ufffd');
}
