/** Types whose keys come in several lengths; the names of others say it all. */
const HAS_LENGTHS = /^(?:RSA|RSA-PSS|DSA|EC)$/;

/** `RSA 2048`, or `Ed25519`. */
export function nameKeyLength(type: string, bits: number | null): string {
  return bits !== null && HAS_LENGTHS.test(type) ? `${type} ${bits}` : type;
}
