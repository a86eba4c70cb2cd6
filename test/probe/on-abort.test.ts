import { expect, test } from 'vitest';
import { onAbort } from '../../src/probe/on-abort.js';

test('calls every listener once when the signal aborts', () => {
  const controller = new AbortController();
  const calls: number[] = [];
  for (let index = 0; index < 100; index += 1) onAbort(controller.signal, () => calls.push(index));
  controller.abort();
  controller.abort();
  expect(calls).toHaveLength(100);
});

test('does not call a listener that was taken off', () => {
  const controller = new AbortController();
  let calls = 0;
  const forget = onAbort(controller.signal, () => {
    calls += 1;
  });
  forget();
  controller.abort();
  expect(calls).toBe(0);
});

test('keeps one listener on the signal, whatever the number of probes', () => {
  const { signal } = new AbortController();
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const forgetters = Array.from({ length: 10_000 }, () => onAbort(signal, () => undefined));
  for (const forget of forgetters) forget();
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
