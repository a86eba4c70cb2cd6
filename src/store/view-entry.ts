/** The observation of an endpoint that a view shows, by the numbers of its facts, which hold within one inventory. */
export interface ViewEntry {
  /** Null: it is packed, and the endpoint has never said anything. */
  readonly endpointId: number | null;
  readonly runId: number;
  /** Milliseconds since 1970, UTC. */
  readonly observedAt: number;
  /** The protocol that the plan had; null: the endpoint's own. */
  readonly plannedProtocol: string | null;
  readonly outcomeId: number;
  /** Null: no certificate was presented. */
  readonly chainId: number | null;
  readonly judgementId: number;
}

/** An entry with the natural keys by which it is compared with entries of other inventories. */
export interface NaturalEntry extends ViewEntry {
  /** Hex of what is in `endpoint`, in the order of which such entries come: 4 or 16 bytes, none, or more. */
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  readonly serverName: string;
  readonly host: string;
  /** Hex; empty: no certificate was presented. */
  readonly chainHash: string;
  /** Hex. */
  readonly judgementHash: string;
}
