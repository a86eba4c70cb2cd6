import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makePasswordSource, type Terminal } from '../../src/cli/password-source.js';

/** A terminal at which somebody types. */
function makeTerminal(typed: string): { readonly terminal: Terminal; readonly shown: string[] } {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const shown: string[] = [];
  const output = { isTTY: true, write: (text: string) => shown.push(text) };
  input.write(typed);
  // The streams of a terminal have many more methods, none of which is used.
  return { terminal: { input, output } as unknown as Terminal, shown };
}

describe('makePasswordSource', () => {
  it('takes the variable that is named', async () => {
    const source = await makePasswordSource({ passwordEnv: 'SECRET' }, { SECRET: 'open' }, null);
    expect(await source('any.p12')).toBe('open');
    await expect(makePasswordSource({ passwordEnv: 'NONE' }, {}, null)).rejects.toThrow('NONE');
  });

  it('refuses two places', async () => {
    const both = { passwordEnv: 'SECRET', passwordFile: 'secret.txt' };
    await expect(makePasswordSource(both, { SECRET: 'open' }, null)).rejects.toThrow('give one of them');
  });

  it('asks at the terminal, once for each file', async () => {
    const { shown, terminal } = makeTerminal('open\r');
    const source = await makePasswordSource({}, {}, terminal);
    expect(await source('corp.p12')).toBe('open');
    expect(await source('corp.p12')).toBe('open');
    expect(shown.join('').match(/corp\.p12/g)).toHaveLength(1);
  });

  it('knows none where nobody can be asked', async () => {
    expect(await (await makePasswordSource({}, {}, null))('any.p12')).toBeNull();
  });
});
