import { parseIpBytes } from './ip-bytes.js';
import type { Subnet } from './query.js';

/** Reads an address, or a network in CIDR form whose host bits count for nothing; null: it is neither. */
export function parseSubnet(text: string): Subnet | null {
  const match = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text);
  const bytes = match?.[1] === undefined ? null : parseIpBytes(match[1]);
  if (!match || !bytes) return null;
  const length = match[2] === undefined ? bytes.length * 8 : Number(match[2]);
  if (length > bytes.length * 8) return null;
  const masks = bytes.map((_, index) => 0xff >> Math.min(8, Math.max(0, length - index * 8)));
  return {
    text,
    first: Uint8Array.from(bytes, (byte, index) => byte & ~(masks[index] ?? 0)),
    last: Uint8Array.from(bytes, (byte, index) => byte | (masks[index] ?? 0)),
  };
}
