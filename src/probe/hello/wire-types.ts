/** Record types (RFC 8446, section 5.1). */
export const RECORD = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const;

/** Handshake message types that a scan meets (RFC 8446, section 4; RFC 5246, section 7.4; RFC 6066, section 8). */
export const MESSAGE = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateStatus: 22,
  messageHash: 254,
} as const;
