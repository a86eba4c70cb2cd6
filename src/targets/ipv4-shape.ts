/** How text made of digits, dots, dashes and stars alone is meant, whether or not its numbers are right. */
export type Ipv4Shape = 'address' | 'range' | 'octet-range';

const IPV4_CHARACTERS = /^[\d.*-]+$/;
/** A dash after four octets, with dotted text to follow: two addresses rather than ranges of octets. */
const TWO_ADDRESSES = /^[\d*]*(?:\.[\d*]*){3}-.*\./;

/** The IPv4 syntax that the text is written in; null: it is none, perhaps a host name. */
export function ipv4ShapeOf(text: string): Ipv4Shape | null {
  if (!IPV4_CHARACTERS.test(text)) return null;
  if (!text.includes('-') && !text.includes('*')) return 'address';
  return TWO_ADDRESSES.test(text) ? 'range' : 'octet-range';
}
