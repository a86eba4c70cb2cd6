import { describe, expect, it } from 'vitest';
import { createFactMemory } from '../../src/store/fact-memory.js';

describe('the memory of facts', () => {
  it('looks up once what comes again, until it is to forget', () => {
    const memory = createFactMemory();
    let found = 0;
    const find = () => ++found;
    const object = {};
    for (const _ of [1, 2]) {
      expect(memory.byContent('a', find)).toBe(memory.byContent('a', find));
      expect(memory.ofObject(object, find)).toBe(memory.ofObject(object, find));
    }
    expect(found).toBe(2);
    memory.forget();
    expect([memory.byContent('a', find), memory.ofObject(object, find)]).toEqual([3, 4]);
  });

  it('forgets contents when they are too many letters, and nothing wrong comes of it', () => {
    const memory = createFactMemory();
    const long = 'x'.repeat(9_000_000);
    let found = 0;
    for (const content of [long, `${long}y`, long]) memory.byContent(content, () => ++found);
    expect(found).toBe(3);
  });
});
