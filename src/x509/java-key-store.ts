/** First four octets of Java's own key store, which is no ASN.1. */
const MAGIC = 0xfeedfeed;

/** What to do about Java's own key store: its encryption is Java's own, too. */
export const JKS_ADVICE =
  'this is a Java key store (JKS): convert it with keytool -importkeystore -deststoretype pkcs12, and name the result';

/** Whether the bytes begin like Java's own key store. */
export function isJavaKeyStore(bytes: Uint8Array): boolean {
  return bytes.length > 8 && Buffer.from(bytes.subarray(0, 4)).readUInt32BE() === MAGIC;
}
