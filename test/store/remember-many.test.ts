import { expect, it } from 'vitest';
import { rememberMany } from '../../src/store/remember-many.js';

it('reads what is missing of a batch, at once and no fact twice', () => {
  const read: (readonly number[])[] = [];
  const squares = rememberMany((ids) => {
    read.push(ids);
    return ids.map((id) => [id, id * id] as const);
  });
  expect(squares([1, 2, 1]).get(2)).toBe(4);
  expect(squares([2, 3]).get(3)).toBe(9);
  expect(squares([1, 3]).get(1)).toBe(1);
  expect(read).toEqual([[1, 2], [3]]);
});

it('holds no more than it may, and always the batch that is asked for', () => {
  const squares = rememberMany((ids) => ids.map((id) => [id, id * id] as const), 3);
  squares([1, 2]);
  const remembered = squares([3, 4]);
  expect([...remembered]).toEqual([
    [3, 9],
    [4, 16],
  ]);
});

it('knows nothing of what is not there', () => {
  expect(rememberMany(() => [])([1]).get(1)).toBeUndefined();
});
