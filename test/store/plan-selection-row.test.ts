import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanSelection } from '../../src/model/plan-selection.js';
import { openInventory } from '../../src/store/inventory.js';
import { fromPlanSelectionRow, toPlanSelectionRow } from '../../src/store/plan-selection-row.js';
import { makeRun, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const indexes = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 48 })), { maxLength: 30 });

describe('the selection of a plan', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(indexes, indexes, (first, without) => {
        const selection: PlanSelection = { first, without: [...without].sort((a, b) => a - b) };
        expect(fromPlanSelectionRow(toPlanSelectionRow(selection))).toEqual(selection);
      }),
    );
  });

  it('takes a byte for each entry where they are close together', () => {
    const without = Array.from({ length: 10_000 }, (_, index) => 50 * index);
    expect(toPlanSelectionRow({ first: [], without }).without).toHaveLength(without.length);
  });

  it('takes the longest distances there are', () => {
    const first = [2 ** 48, 0, 2 ** 48];
    expect(fromPlanSelectionRow(toPlanSelectionRow({ first, without: [] })).first).toEqual(first);
  });

  it('stays with its run, also when that is resumed', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    const selection = { first: [7, 3], without: [1, 5] };
    await inventory.startRun(makeRun(), selection);
    await inventory.startRun(makeRun());
    await inventory.startRun(makeRun(RUNS[1]));
    expect(await inventory.planSelection(RUNS[0])).toEqual(selection);
    expect(await inventory.planSelection(RUNS[1])).toBeNull();
    await inventory.close();
  });
});
