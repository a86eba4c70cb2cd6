/** The extensions that our hellos write and read, by their number (IANA TLS ExtensionType Values, September 2026). */
export const EXTENSION_TYPE = {
  /** RFC 6066, section 3. */
  serverName: 0x0000,
  /** RFC 6066, section 8. */
  statusRequest: 0x0005,
  /** RFC 8446, section 4.2.7. */
  supportedGroups: 0x000a,
  /** RFC 8422, section 5.1.2. */
  ecPointFormats: 0x000b,
  /** RFC 8446, section 4.2.3. */
  signatureAlgorithms: 0x000d,
  /** RFC 6520. */
  heartbeat: 0x000f,
  /** RFC 7301. */
  alpn: 0x0010,
  /** RFC 7685. */
  padding: 0x0015,
  /** RFC 7366. */
  encryptThenMac: 0x0016,
  /** RFC 7627. */
  extendedMasterSecret: 0x0017,
  /** RFC 8446, section 4.2.1. */
  supportedVersions: 0x002b,
  /** RFC 8446, section 4.2.2. */
  cookie: 0x002c,
  /** RFC 8446, section 4.2.9. */
  pskKeyExchangeModes: 0x002d,
  /** RFC 8446, section 4.2.8. */
  keyShare: 0x0033,
  /** RFC 5746. */
  renegotiationInfo: 0xff01,
} as const;
