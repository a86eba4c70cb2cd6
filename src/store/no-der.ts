/** Stands where the bytes of a certificate should be that another tool has told of without them. */
export const NO_DER: Uint8Array = new Uint8Array(0);

/** Whether a certificate is known with its bytes. */
export function hasDer(der: Uint8Array): boolean {
  return der.length > 0;
}
