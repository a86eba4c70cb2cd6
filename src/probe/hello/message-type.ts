/** Handshake message types that a scan meets (RFC 8446, section 4; RFC 5246, section 7.4; RFC 6066, section 8). */
export const MESSAGE_TYPE = {
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
