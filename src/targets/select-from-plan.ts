import type { Endpoint } from '../model/endpoint.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { Plan } from './plan.js';
import { lastAtMost } from './sweep.js';

/**
 * A plan without some of its entries and with some of them in front; the rest follows in the plan's own order. It takes
 * memory for what the selection names and none for the plan. An entry that is both in front and left out is left out.
 */
export function selectFromPlan(plan: Plan, selection: PlanSelection): Plan {
  const without = sortedUnique(selection.without, plan.size);
  // The place in front of each entry that has one; a second mention changes nothing.
  const places = new Map<number, number>();
  for (const index of selection.first) {
    if (isIndexOf(plan, index) && !has(without, index) && !places.has(index)) places.set(index, places.size);
  }
  const first = Float64Array.from(places.keys());
  const moved = sortedUnique([...without, ...first], plan.size);
  // How many of the rest come before each entry that is not among them: ascending, so it can be searched.
  const restBefore = moved.map((index, rank) => index - rank);
  const size = plan.size - without.length;

  function indexAt(place: number): number {
    const inFront = first[place];
    if (inFront !== undefined) return inFront;
    const rank = place - first.length;
    return rank + lastAtMost(restBefore, rank) + 1;
  }

  return {
    size,
    spec: plan.spec,
    isExcluded: plan.isExcluded,
    endpointAt(place) {
      if (!Number.isInteger(place) || place < 0 || place >= size) {
        throw new RangeError(`the selection has ${size} endpoints and none with index ${place}`);
      }
      return plan.endpointAt(indexAt(place));
    },
    indexOf(endpoint: Endpoint) {
      const index = plan.indexOf(endpoint);
      if (index === null) return null;
      const inFront = places.get(index);
      if (inFront !== undefined) return inFront;
      const before = lastAtMost(moved, index);
      return moved[before] === index ? null : first.length + index - before - 1;
    },
  };
}

function isIndexOf({ size }: Plan, index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < size;
}

/** Whether a sorted list holds a number. */
function has(sorted: Float64Array, value: number): boolean {
  return sorted[lastAtMost(sorted, value)] === value;
}

/** The indices below `size` among numbers, ascending, each once. */
function sortedUnique(numbers: Iterable<number>, size: number): Float64Array {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.filter(
    (value, index) => Number.isInteger(value) && value >= 0 && value < size && value !== sorted[index - 1],
  );
}
