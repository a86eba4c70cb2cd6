import type { Change } from '../../model/change.js';
import type { Endpoint } from '../../model/endpoint.js';
import { ExternalSorter } from '../../report/external-sorter.js';
import { ENTRIES_AT_ONCE } from '../../store/entry-facts.js';
import type { EntryRecord } from '../../store/entry-record.js';
import type { InventoryView } from '../../store/inventory-view.js';
import type { NaturalEntry, ViewEntry } from '../../store/view-entry.js';
import { isSilent } from './certificate-change.js';
import { compareNaturalEntries } from './compare-natural-entries.js';
import { listChanges } from './list-changes.js';
import { matchPlace } from './match-place.js';
import { mergeOrdered, type Pair } from './merge-ordered.js';
import { formatPlaceKey } from './place-key.js';
import { type EntryPair, laterEntry, type PlacedEntry, plannedProtocolOf } from './placed-entry.js';

// Why in two steps: most endpoints are as they were, and are passed by at the price of reading their numbers: in one
// inventory by SQLite itself, between two by a join of two ordered streams. What differs, or stands on one side alone, is put
// in the order of places, which brings together what is stored under several protocols, and only then read whole.

/** How much was compared. */
export interface DiffTotals {
  /** Endpoints that ever said something and that both sides show. */
  compared: number;
  /** Endpoints that had a certificate before and were not asked afterwards: nothing is said of them. */
  notAsked: number;
}

/** A comparison of two views. */
export interface Diff {
  /** By address, port and name; to be read once. */
  readonly changes: AsyncIterable<Change>;
  /** Complete once all changes are read. */
  readonly totals: Readonly<DiffTotals>;
}

/** The protocol of a plan that leaves it open. */
const TLS = 'tls';

/** Compares two views, of one inventory or of two; what is held in memory does not grow with their size. */
export function diffViews(before: InventoryView, after: InventoryView): Diff {
  const totals: DiffTotals = { compared: 0, notAsked: 0 };
  return { changes: listAll(before, after, totals), totals };
}

async function* listAll(
  before: InventoryView,
  after: InventoryView,
  totals: DiffTotals,
): AsyncGenerator<Change> {
  const sorter = new ExternalSorter<EntryPair>();
  try {
    for (const [old, current] of joinEntries(before, after, totals)) {
      // What never had a certificate loses none; where it gained one, it is found by that.
      if (current === null && old?.chainId == null) continue;
      const pair = placePair(before, after, old, current);
      const endpoint = (pair.after ?? pair.before)?.endpoint;
      if (endpoint) await sorter.add(formatPlaceKey(endpoint), pair);
    }
    for await (const places of gatherPlaces(sorter.sorted())) {
      const pairs = places.flat();
      before.load(entriesOf(pairs, 'before'));
      after.load(entriesOf(pairs, 'after'));
      for (const place of places) yield* listPlace(before, after, place, totals);
    }
  } finally {
    await sorter.close();
  }
}

/** Pairs taken at once, or as many more as one place has. */
const PAIRS_AT_ONCE = 250;

/** Gathers what is of one place, and as many places as are to be looked at together. */
async function* gatherPlaces(
  sorted: AsyncIterable<{ readonly key: string; readonly item: EntryPair }>,
): AsyncGenerator<readonly (readonly EntryPair[])[]> {
  let key = '';
  let places: EntryPair[][] = [];
  let count = 0;
  for await (const { item, key: next } of sorted) {
    const last = places.at(-1);
    if (last && next === key) last.push(item);
    else {
      if (count >= PAIRS_AT_ONCE) {
        yield places;
        places = [];
        count = 0;
      }
      places.push([item]);
      key = next;
    }
    count += 1;
  }
  yield places;
}

/** The entries of one side, as many as are loaded at once. */
function entriesOf(pairs: readonly EntryPair[], side: 'before' | 'after'): readonly ViewEntry[] {
  return pairs.flatMap((pair) => pair[side]?.entry ?? []).slice(0, ENTRIES_AT_ONCE);
}

/** Joins entries of the same endpoint, and leaves out those of which nothing can have changed. */
function* joinEntries(
  before: InventoryView,
  after: InventoryView,
  totals: DiffTotals,
): Generator<Pair<ViewEntry>> {
  const passed = () => {
    totals.compared += 1;
  };
  // A run has one observation of each endpoint: what it shows is not stored under another protocol too.
  const mayDiffer = 'run' in before.choice && 'run' in after.choice ? () => false : isDetected;
  if (before.path === after.path) {
    for (const part of before.differences(after.choice)) {
      totals.compared += part.same;
      yield* mergeOrdered(
        part.before,
        part.after,
        compareNumbers,
        (one, other) => isSame(one, other) && !mayDiffer(one, other),
        passed,
      );
    }
    return;
  }
  yield* mergeOrdered(
    before.naturalEntries(),
    after.naturalEntries(),
    compareNaturalEntries,
    (one, other) => isSameByNature(one, other) && !mayDiffer(one, other),
    passed,
  );
}

function placePair(
  before: InventoryView,
  after: InventoryView,
  old: ViewEntry | null,
  current: ViewEntry | null,
): EntryPair {
  const endpoint = old ? before.endpoint(old) : current && after.endpoint(current);
  return {
    before: old && endpoint && { endpoint, entry: pickNumbers(old) },
    after: current && endpoint && { endpoint, entry: pickNumbers(current) },
  };
}

/** Entries are written down while they are sorted: natural keys would take room for nothing. */
function pickNumbers(entry: ViewEntry): ViewEntry {
  const { chainId, endpointId, judgementId, observedAt, outcomeId, plannedProtocol, runId } = entry;
  return { chainId, endpointId, judgementId, observedAt, outcomeId, plannedProtocol, runId };
}

function compareNumbers(one: ViewEntry, other: ViewEntry): number {
  return (one.endpointId ?? 0) - (other.endpointId ?? 0);
}

function isSame(one: ViewEntry, other: ViewEntry): boolean {
  return one.chainId === other.chainId && one.judgementId === other.judgementId;
}

function isSameByNature(one: NaturalEntry, other: NaturalEntry): boolean {
  return one.chainHash === other.chainHash && one.judgementHash === other.judgementHash;
}

/** Whether the plan left the protocol open, so that what is known last may be stored under another one. */
function isDetected(...entries: readonly ViewEntry[]): boolean {
  return entries.some(({ plannedProtocol }) => plannedProtocol !== null);
}

function* listPlace(
  before: InventoryView,
  after: InventoryView,
  pairs: readonly EntryPair[],
  totals: DiffTotals,
): Generator<Change> {
  const isOneInventory = before.path === after.path;
  for (const pair of matchPlace(pairs).map((each) => complete(before, after, each))) {
    if (isOneInventory && pair.before && pair.after && isSame(pair.before.entry, pair.after.entry)) continue;
    const old = pair.before && readRecord(before, pair.before);
    const current = pair.after && readRecord(after, pair.after);
    const hadCertificate = old !== null && old.leaf !== null;
    if (current === null || (hadCertificate && !isAnswer(pair, current))) {
      if (hadCertificate) totals.notAsked += 1;
      continue;
    }
    const changes = listChanges(old, current, findEarlier(before, after, pair, old, current));
    if (changes.length > 0 && isAskedFor(before, after, pair)) yield* changes;
  }
}

function readRecord(view: InventoryView, { endpoint, entry }: PlacedEntry): EntryRecord {
  return view.record(entry, endpoint);
}

/** Looks for what is known of an endpoint under the other protocols that it may be stored by, packed or not. */
function complete(before: InventoryView, after: InventoryView, pair: EntryPair): EntryPair {
  const known = [pair.before, pair.after].filter((each) => each !== null);
  const [first] = known;
  if (first === undefined || (known.length === 2 && !isDetected(...known.map(({ entry }) => entry))))
    return pair;
  const protocols = new Set([
    ...known.flatMap((each) => [each.endpoint.protocol, plannedProtocolOf(each)]),
    TLS,
  ]);
  let found = pair;
  for (const protocol of protocols) {
    const endpoint = { ...first.endpoint, protocol };
    found = {
      before: laterEntry(found.before, findEntry(before, endpoint)),
      after: laterEntry(found.after, findEntry(after, endpoint)),
    };
  }
  // A name that does not resolve is observed without an address.
  const unresolved = { ...first.endpoint, address: null, protocol: plannedProtocolOf(first) };
  if (first.endpoint.host === first.endpoint.address) return found;
  return {
    before: found.before ?? findEntry(before, unresolved),
    after: found.after ?? findEntry(after, unresolved),
  };
}

function findEntry(view: InventoryView, endpoint: Endpoint): PlacedEntry | null {
  const entry = view.find(endpoint);
  return entry && { endpoint, entry };
}

/**
 * Whether the second side tells what became of the first: what was asked in another protocol tells it when it found a
 * certificate, or nobody to ask.
 */
function isAnswer({ before, after }: EntryPair, current: EntryRecord): boolean {
  if (before === null || after === null || current.leaf !== null || isSilent(current)) return true;
  const planned = plannedProtocolOf(after);
  return (
    planned === plannedProtocolOf(before) ||
    after.endpoint.protocol === before.endpoint.protocol ||
    current.failure?.stage === 'connect'
  );
}

/** The last certificate that was known of an endpoint that presents one where there was none. */
function findEarlier(
  before: InventoryView,
  after: InventoryView,
  pair: EntryPair,
  old: EntryRecord | null,
  current: EntryRecord,
) {
  if (current.leaf === null || (old !== null && old.leaf !== null)) return null;
  const known = 'until' in before.choice ? before.choice.until : Date.parse(current.observedAt) - 1;
  const until = old === null ? known : Date.parse(old.observedAt);
  const { endpoint } = pair.after ?? { endpoint: current.endpoint };
  return before.lastCertificate(endpoint, until) ?? after.lastCertificate(endpoint, until);
}

/** Whether a change is among those asked for: by what is there now or, of what lost its certificate, was there before. */
function isAskedFor(before: InventoryView, after: InventoryView, pair: EntryPair): boolean {
  const hasLost = pair.before?.entry.chainId != null && pair.after?.entry.chainId == null;
  if (hasLost && pair.before) return before.matches(pair.before.entry);
  return pair.after !== null && after.matches(pair.after.entry);
}
