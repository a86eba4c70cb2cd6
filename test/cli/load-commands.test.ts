import { describe, expect, it } from 'vitest';
import * as registry from '../../src/cli/commands/index.js';
import { loadCommands } from '../../src/cli/load-commands.js';
import { runCli } from './run-cli.js';

describe('loadCommands', () => {
  it('loads all commands for help, and for what is none', async () => {
    const all = Object.values(registry);
    expect(await loadCommands([])).toEqual(all);
    expect(await loadCommands(['--help'])).toEqual(all);
    expect(await loadCommands(['../commands/scan'])).toEqual(all);
    expect(await loadCommands(['scna'])).toEqual(all);
  });

  it('loads nothing to tell the version', async () => {
    expect(await loadCommands(['--version'])).toEqual([]);
  });

  it('finds each command of the program by its name alone', async () => {
    const names = Object.keys(registry).map((each) => each.replace(/Command$/, ''));
    const helps = await Promise.all(names.map((name) => runCli([name, '--help'])));
    for (const [index, { stdout }] of helps.entries())
      expect(stdout).toContain(`Usage: certsweep ${names[index]} `);
  });

  it('suggests a command for a slip of the pen', async () => {
    const { code, stderr } = await runCli(['scna']);
    expect(code).toBe(2);
    expect(stderr).toContain('scan');
  });
});
