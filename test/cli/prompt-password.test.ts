import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { promptPassword } from '../../src/cli/prompt-password.js';

/** A terminal that types, and notes how it was set. */
function makeTerminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    setRawMode(mode: boolean) {
      modes.push(mode);
      return input;
    },
  });
  const shown: string[] = [];
  const output = {
    write(text: string | Uint8Array): boolean {
      shown.push(text.toString());
      return true;
    },
  };
  // The stream of a terminal has many more methods, none of which is used.
  return {
    input: input as unknown as Parameters<typeof promptPassword>[1],
    output,
    type: input,
    modes,
    shown,
  };
}

describe('promptPassword', () => {
  it.each<[name: string, typed: readonly (string | Buffer)[], expected: string | null]>([
    ['a password', ['secret\r'], 'secret'],
    ['one typed key by key', ['s', 'e', '\n'], 'se'],
    ['a slip of the finger', ['sex\u007fcret\r'], 'secret'],
    ['a letter cut in half', [Buffer.of(0xc3), Buffer.of(0xa9), '\r'], 'é'],
    ['the empty password', ['\r'], ''],
    ['Ctrl-C', ['sec\u0003'], null],
    ['Ctrl-D', ['\u0004'], null],
  ])('takes %s', async (_name, typed, expected) => {
    const { input, modes, output, shown, type } = makeTerminal();
    const answer = promptPassword('a\u001b.p12', input, output);
    for (const each of typed) type.write(each);
    expect(await answer).toBe(expected);
    expect(modes).toEqual([true, false]);
    expect(shown.join('')).not.toContain('sec');
    expect(shown.join('')).not.toContain('\u001b');
  });

  it('ends with the terminal', async () => {
    const { input, output, type } = makeTerminal();
    const answer = promptPassword('a.p12', input, output);
    type.end();
    expect(await answer).toBeNull();
  });
});
