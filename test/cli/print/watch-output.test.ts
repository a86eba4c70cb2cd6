import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { watchOutput } from '../../../src/cli/print/watch-output.js';

/** A stream that takes what it is given, or fails with a code. */
function makeStream(code?: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) =>
      done(code === undefined ? null : Object.assign(new Error(code), { code })),
  });
}

describe('watchOutput', () => {
  it.each([
    { name: 'has nothing to say where all is written', code: undefined, fault: null },
    { name: 'has nothing to say of a reader that left', code: 'EPIPE', fault: null },
    { name: 'has nothing to say of a terminal that was closed', code: 'EIO', fault: null },
    { name: 'tells of a full disk', code: 'ENOSPC', fault: 'ENOSPC' },
  ])('$name', async ({ code, fault }) => {
    const stdout = makeStream(code);
    const watch = watchOutput(stdout, makeStream());
    stdout.write('what was found\n');
    await watch.settled();
    expect(watch.fault?.message ?? null).toBe(fault);
  });

  it('heeds errors of standard error, of which there is nobody to be told', async () => {
    const stdout = makeStream();
    const stderr = makeStream('EIO');
    const watch = watchOutput(stdout, stderr);
    stderr.write('certsweep: stopping\n');
    await watch.settled();
    expect(watch.fault).toBeNull();
  });
});
