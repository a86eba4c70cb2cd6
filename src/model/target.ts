/** Where a piece of target text came from, so that an error can point at it. */
export interface Origin {
  /** `argument 2`, `targets.txt line 7`, `standard input line 3`. */
  readonly place: string;
}

/** An inclusive range of addresses of one family, as unsigned integers. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** An inclusive range of TCP ports with the protocol that is to be spoken there. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
  /** Absent: the protocol whose default port this is, else implicit TLS. */
  readonly protocol?: string;
}

/** One thing that the user asked for: hosts, perhaps ports, perhaps the name to send. */
export interface Target {
  /** Addresses, or a host name that is resolved when its turn comes. */
  readonly hosts: AddressRange | { readonly name: string };
  /** Absent: the ports of the scan. */
  readonly ports?: readonly PortRange[];
  /** The server name to send and to judge by (`name@address`); absent: none, or the host's own name. */
  readonly serverName?: string;
  /** Words of the user's own that go with what is found here. */
  readonly tags?: readonly string[];
  /** The text as it was written. */
  readonly text: string;
  readonly origin: Origin;
}
