/** One armoured block (RFC 7468). */
export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly label: string;
  readonly der: Uint8Array;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';

/** Finds the armoured blocks in a text; whatever stands around them is passed over, and so is a block that never ends. */
export function readPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let begin = text.indexOf(BEGIN); begin >= 0; ) {
    const labelStart = begin + BEGIN.length;
    const labelEnd = text.indexOf(DASHES, labelStart);
    if (labelEnd < 0) break;
    const label = text.slice(labelStart, labelEnd);
    const end = text.indexOf(END, labelEnd);
    if (end < 0) break;
    const next = text.indexOf(BEGIN, labelEnd);
    // A block that is cut short must not swallow the one after it.
    if (next < 0 || next > end) {
      const body = text.slice(labelEnd + DASHES.length, end);
      blocks.push({ label, der: Uint8Array.from(Buffer.from(withoutHeaders(body), 'base64')) });
    }
    begin = next;
  }
  return blocks;
}

/** RFC 1421, section 4.6: headers such as `Proc-Type` end at an empty line; base64 has no colon. */
function withoutHeaders(body: string): string {
  if (!body.includes(':')) return body;
  const end = /\r?\n\r?\n/.exec(body);
  return end ? body.slice(end.index) : '';
}
