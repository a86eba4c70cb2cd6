import { describe, expect, it } from 'vitest';
import { HandedPlaces, MAX_DEATHS } from '../../../src/scan/engine/handed-places.js';

function summary({ deadly, slices }: ReturnType<HandedPlaces['leave']>) {
  return { deadly, slices: slices.map(({ deaths, places }) => ({ deaths, places: [...places] })) };
}

describe('HandedPlaces', () => {
  it('tells what was under way from what was not begun', () => {
    const handed = new HandedPlaces();
    handed.hand({ places: Float64Array.of(10, 11, 12, 13), deaths: 0 });
    handed.hand({ places: Float64Array.of(20, 21), deaths: 0 });
    expect(handed.finish(11)).toBe(true);
    expect(handed.finish(11)).toBe(false);
    expect(handed.finish(99)).toBe(false);
    expect(summary(handed.leave(3))).toEqual({
      deadly: [],
      slices: [
        { deaths: 0, places: [13, 20, 21] },
        { deaths: 1, places: [10, 12] },
      ],
    });
  });

  it('gives a place up that was under way in three deaths, and no other', () => {
    const handed = new HandedPlaces();
    handed.hand({ places: Float64Array.of(1, 2), deaths: MAX_DEATHS - 1 });
    expect(summary(handed.leave(1))).toEqual({
      deadly: [1],
      slices: [{ deaths: MAX_DEATHS - 1, places: [2] }],
    });
  });

  it('cuts what was under way into small slices, which several can share', () => {
    const handed = new HandedPlaces();
    handed.hand({ places: Float64Array.from({ length: 150 }, (_, place) => place), deaths: 0 });
    expect(handed.leave(150).slices.map(({ deaths, places }) => [deaths, places.length])).toEqual([
      [1, 64],
      [1, 64],
      [1, 22],
    ]);
  });
});
