/** Characters that XML 1.0 cannot hold, not even as a reference (section 2.2), half pairs, and white controls. */
const ILLEGAL = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** What Excel would read back as one character (ECMA-376, part 1, section 22.9.2.19). */
const ESCAPE_LOOKALIKE = /_(?=x[0-9a-fA-F]{4}_)/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes text for a workbook's XML: controls and half pairs as `_x001B_`, as spreadsheets do. */
export function escapeXml(text: string): string {
  return text
    .replace(ESCAPE_LOOKALIKE, '_x005F_')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(
      ILLEGAL,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}
