/** One armoured block (RFC 7468). */
export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly label: string;
  readonly der: Uint8Array;
  /** Headers before the content, such as `Proc-Type` of a key encrypted the old way (RFC 1421); absent: none. */
  readonly headers?: string;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';

/** The longest labels in use have some twenty characters. */
const MAX_LABEL_LENGTH = 64;

/** Finds the armoured blocks in a text; what stands around them is passed over, and so is a block that never ends. */
export function readPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let end = -1;
  for (let begin = text.indexOf(BEGIN); begin >= 0; ) {
    const labelStart = begin + BEGIN.length;
    const labelEnd = text.indexOf(DASHES, labelStart);
    // Looked for again only when passed: many beginnings before one end must not cost a walk each.
    if (end < labelEnd) end = text.indexOf(END, labelEnd);
    if (labelEnd < 0 || end < 0) break;
    const next = text.indexOf(BEGIN, labelStart);
    // A block that is cut short must not swallow the one after it.
    const isWhole = next < 0 || next > end;
    if (isWhole && labelEnd - labelStart <= MAX_LABEL_LENGTH) {
      const { base64, headers } = splitBody(text.slice(labelEnd + DASHES.length, end));
      blocks.push({
        label: text.slice(labelStart, labelEnd),
        der: Uint8Array.from(Buffer.from(base64, 'base64')),
        ...(headers !== '' && { headers }),
      });
    }
    begin = next;
  }
  return blocks;
}

/** RFC 1421, section 4.6: headers such as `Proc-Type` end at an empty line; base64 has no colon. */
function splitBody(body: string): { readonly headers: string; readonly base64: string } {
  if (!body.includes(':')) return { headers: '', base64: body };
  const end = /\r?\n\r?\n/.exec(body);
  if (!end) return { headers: body.trim(), base64: '' };
  return { headers: body.slice(0, end.index).trim(), base64: body.slice(end.index) };
}
