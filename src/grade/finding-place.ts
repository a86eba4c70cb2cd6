/** Where findings can occur, with what the manual says of each place. */
export const FINDING_PLACES = {
  chain: 'the chain that a server presents or, as far as a file can tell, a chain file',
  endpoint: 'how a server is set up, whatever certificate it presents',
  comparison: 'the keys of all certificates of an inventory, compared with each other',
  request: 'a signing request in a file',
  'private key': 'a private key in a file',
  'trust store': 'a certificate of a trust store in a file',
  'imported results': 'what another tool tells of an endpoint',
} as const satisfies Readonly<Record<string, string>>;

/** Where a finding can occur. */
export type FindingPlace = keyof typeof FINDING_PLACES;
