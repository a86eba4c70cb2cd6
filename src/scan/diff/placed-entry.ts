import type { Endpoint } from '../../model/endpoint.js';
import type { ViewEntry } from '../../store/view-entry.js';

/** An endpoint with what a view shows of it. */
export interface PlacedEntry {
  /** Its protocol is the one that was spoken. */
  readonly endpoint: Endpoint;
  readonly entry: ViewEntry;
}

/** The two sides of a comparison at one place; one of them may be missing. */
export interface EntryPair {
  readonly before: PlacedEntry | null;
  readonly after: PlacedEntry | null;
}

/** The protocol that the plan had. */
export function plannedProtocolOf({ endpoint, entry }: PlacedEntry): string {
  return entry.plannedProtocol ?? endpoint.protocol;
}

/** The later of two entries of one view; the first where they are of the same moment. */
export function laterEntry(one: PlacedEntry | null, other: PlacedEntry | null): PlacedEntry | null {
  if (one === null || other === null) return one ?? other;
  return other.entry.observedAt > one.entry.observedAt ? other : one;
}
