/** The protocol versions that a hello can speak of, oldest first. SSLv2 has a hello of its own. */
export const PROTOCOL_VERSIONS = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** A protocol version, named as in the records. */
export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

/** SSLv3 on the wire (RFC 6101, section 5.6.1.2); each later version adds one. */
const FIRST_VERSION = 0x0300;

/** The version's number on the wire. */
export function protocolVersionId(version: ProtocolVersion): number {
  return FIRST_VERSION + PROTOCOL_VERSIONS.indexOf(version);
}

/** The version with this number on the wire; undefined: there is none. */
export function protocolVersionOf(id: number): ProtocolVersion | undefined {
  return PROTOCOL_VERSIONS[id - FIRST_VERSION];
}
