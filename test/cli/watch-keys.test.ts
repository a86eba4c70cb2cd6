import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type KeyInput, watchKeys } from '../../src/cli/watch-keys.js';

/** A terminal that notes what is done to it. */
class Terminal extends EventEmitter {
  isRaw = false;
  isFlowing = false;
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  resume(): this {
    this.isFlowing = true;
    return this;
  }
  pause(): this {
    this.isFlowing = false;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

function watch(isForeground = true) {
  const terminal = new Terminal();
  const keys: string[] = [];
  const signals: string[] = [];
  const world = {
    isForeground: () => world.inFront,
    raise: (signal: string) => signals.push(`${signal} ${terminal.isRaw ? 'raw' : 'given back'}`),
    inFront: isForeground,
  };
  const forget = watchKeys(terminal as unknown as KeyInput, (key) => keys.push(key), world);
  return { terminal, keys, signals, world, forget };
}

describe('watchKeys', () => {
  it('hears keys one by one, and makes signals of control keys', () => {
    const { forget, keys, signals, terminal } = watch();
    expect([terminal.isRaw, terminal.isFlowing]).toEqual([true, true]);
    terminal.emit('data', Buffer.from('px'));
    terminal.emit('data', Buffer.from('\u0003'));
    expect(keys).toEqual(['p', 'x']);
    expect(signals).toEqual(['SIGINT raw']);
    forget();
    expect([terminal.isRaw, terminal.isFlowing, terminal.listenerCount('data')]).toEqual([false, false, 0]);
  });

  it('gives the terminal back before it is stopped, and takes it again afterwards', () => {
    const { forget, signals, terminal } = watch();
    terminal.emit('data', Buffer.from('\u001a'));
    expect(signals).toEqual(['SIGTSTP given back']);
    process.emit('SIGCONT');
    expect(terminal.isRaw).toBe(true);
    terminal.emit('data', Buffer.from('\u001c'));
    expect(signals[1]).toBe('SIGQUIT given back');
    forget();
  });

  it('leaves the terminal alone in the background, until it comes to the front', () => {
    const { forget, terminal, world } = watch(false);
    expect(terminal.isRaw).toBe(false);
    world.inFront = true;
    process.emit('SIGCONT');
    expect(terminal.isRaw).toBe(true);
    forget();
    process.emit('SIGCONT');
    expect(terminal.isRaw).toBe(false);
  });
});
