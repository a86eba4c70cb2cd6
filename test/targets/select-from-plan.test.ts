import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanSelection } from '../../src/model/plan-selection.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { type Plan, planFrom } from '../../src/targets/plan.js';
import { selectFromPlan } from '../../src/targets/select-from-plan.js';

function planOf(targets: string, ports = [443]): Plan {
  return planFrom({
    targets: parseTargets({ text: targets, source: 'argument 1', isFile: false }, { protocols: [] }),
    ports: ports.map((port) => ({ first: port, last: port })),
    seed: 'seed',
    protocols: [],
  });
}

/** A plan with as many endpoints. */
function planOfSize(size: number): Plan {
  return planOf(`10.0.0.0-10.0.${(size - 1) >>> 8}.${(size - 1) & 255}`);
}

/** The places in the plan's own order that a selection visits, in its order. */
function visitedBy(selected: Plan, plan: Plan): (number | null)[] {
  return Array.from({ length: selected.size }, (_, place) => plan.indexOf(selected.endpointAt(place)));
}

describe('a selection from a plan', () => {
  test.each<[string, PlanSelection, number[]]>([
    ['of nothing in particular is the plan', { first: [], without: [] }, [0, 1, 2, 3, 4, 5]],
    ['begins with what is first, in that order', { first: [4, 1], without: [] }, [4, 1, 0, 2, 3, 5]],
    ['has not what is left out', { first: [], without: [0, 3, 5] }, [1, 2, 4]],
    ['does both', { first: [5, 0], without: [1, 2] }, [5, 0, 3, 4]],
    ['may be empty', { first: [], without: [0, 1, 2, 3, 4, 5] }, []],
    ['may be all in front', { first: [5, 4, 3, 2, 1, 0], without: [] }, [5, 4, 3, 2, 1, 0]],
    ['leaves out what is also first', { first: [3, 2], without: [3] }, [2, 0, 1, 4, 5]],
    [
      'passes over repetitions, disorder and what the plan does not have',
      { first: [2, 2, 6, -1, 0.5], without: [5, 4, 4, 7, Number.NaN] },
      [2, 0, 1, 3],
    ],
  ])('%s', (_, selection, visited) => {
    const plan = planOfSize(6);
    const selected = selectFromPlan(plan, selection);
    expect(visitedBy(selected, plan)).toEqual(visited);
    expect(selected.size).toBe(visited.length);
  });

  test('visits all but what is left out once, what is first in front, and the rest in order', () => {
    const numbers = (size: number) => fc.uniqueArray(fc.nat(size - 1));
    const cases = fc.integer({ min: 1, max: 600 }).chain((size) => {
      return fc.record({ size: fc.constant(size), first: numbers(size), without: numbers(size) });
    });
    fc.assert(
      fc.property(cases, ({ size, first, without }) => {
        const plan = planOfSize(size);
        without.sort((a, b) => a - b);
        const left = new Set(without);
        const front = first.filter((index) => !left.has(index));
        const rest = Array.from({ length: size }, (_, index) => index).filter(
          (index) => !left.has(index) && !front.includes(index),
        );
        const selected = selectFromPlan(plan, { first, without });
        expect(visitedBy(selected, plan)).toEqual([...front, ...rest]);
        for (let place = 0; place < selected.size; place += 1) {
          expect(selected.indexOf(selected.endpointAt(place))).toBe(place);
        }
        for (const index of without) expect(selected.indexOf(plan.endpointAt(index))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('costs nothing for the size of the plan', () => {
    const plan = planOf(
      '0.0.0.0/0',
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
    const selected = selectFromPlan(plan, { first: [plan.size - 1, 7], without: [0, 1, plan.size - 2] });
    expect(selected.size).toBe(plan.size - 3);
    expect(plan.indexOf(selected.endpointAt(0))).toBe(plan.size - 1);
    expect(plan.indexOf(selected.endpointAt(2))).toBe(2);
    expect(plan.indexOf(selected.endpointAt(7))).toBe(8);
    expect(plan.indexOf(selected.endpointAt(selected.size - 1))).toBe(plan.size - 3);
  });

  test('has no endpoint beyond its size, and the plan it is from for the rest', () => {
    const plan = planOfSize(6);
    const selected = selectFromPlan(plan, { first: [], without: [0] });
    for (const place of [-1, 5, 0.5, Number.NaN])
      expect(() => selected.endpointAt(place)).toThrow(RangeError);
    expect(selected.spec).toBe(plan.spec);
    expect(selected.isExcluded('10.0.0.1', 443, 'tls')).toBe(false);
    expect(
      selected.indexOf({
        host: '10.9.9.9',
        address: '10.9.9.9',
        port: 443,
        protocol: 'tls',
        serverName: null,
      }),
    ).toBeNull();
  });
});
