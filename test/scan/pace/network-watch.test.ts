import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNetworkWatch, type WatchedWorld } from '../../../src/scan/pace/network-watch.js';
import { findNamespaceObstacle, runInNamespace } from '../../network-namespace.js';

const { signal } = new AbortController();

interface TestWorld extends WatchedWorld {
  readonly routes: Set<string>;
  own: string[];
  /** Asked about so far. */
  readonly asked: string[];
  readonly waits: number[];
}

/** A world in which the network comes and goes as the test says; each wait is over at once. */
function makeWorld(waited: (world: TestWorld) => void = () => undefined): TestWorld {
  const world: TestWorld = {
    routes: new Set(),
    own: ['192.0.2.250'],
    asked: [],
    waits: [],
    async hasRoute(address) {
      world.asked.push(address);
      return world.routes.has(address);
    },
    ownAddresses: () => world.own,
    async wait(ms) {
      world.waits.push(ms);
      waited(world);
    },
  };
  return world;
}

describe('a network watch', () => {
  it('blames the destination while the witness can be reached', async () => {
    const world = makeWorld();
    const watch = createNetworkWatch(world);
    world.routes.add('192.0.2.1');
    watch.answered('192.0.2.1');
    expect(await watch.check('198.51.100.1')).toBe('only-this');
    expect(world.asked).toEqual(['192.0.2.1']);
  });

  it('says away when the witness cannot be reached either, until it can', async () => {
    const world = makeWorld(({ routes, waits }) => {
      if (waits.length === 3) routes.add('192.0.2.1');
    });
    const watch = createNetworkWatch(world);
    watch.answered('192.0.2.1');
    expect(await watch.check('198.51.100.1')).toBe('away');
    await watch.back(signal);
    expect(world.waits).toEqual([1000, 1000, 1000]);
    expect(await watch.check('198.51.100.1')).toBe('only-this');
  });

  it('takes the last address that answered for its witness', async () => {
    const world = makeWorld();
    const watch = createNetworkWatch(world);
    world.routes.add('192.0.2.2');
    watch.answered('192.0.2.1');
    watch.answered('192.0.2.2');
    expect(await watch.check('198.51.100.1')).toBe('only-this');
  });

  it('has a witness for each family', async () => {
    const world = makeWorld();
    const watch = createNetworkWatch(world);
    watch.answered('192.0.2.1');
    watch.answered('2001:db8::1');
    world.routes.add('192.0.2.1');
    expect(await watch.check('2001:db8:1::1')).toBe('away');
    expect(await watch.check('198.51.100.1')).toBe('only-this');
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '192.0.2.250'])(
    'takes %s, which is this machine, for no witness',
    async (address) => {
      const world = makeWorld();
      const watch = createNetworkWatch(world);
      watch.answered(address);
      expect(await watch.check('198.51.100.1')).toBe('only-this');
      expect(await watch.check('2001:db8::1')).toBe('only-this');
      expect(world.asked).toEqual([]);
    },
  );

  it('goes by the interfaces when it has no witness', async () => {
    const world = makeWorld((now) => {
      now.own = ['192.0.2.251'];
    });
    const watch = createNetworkWatch(world);
    expect(await watch.check('198.51.100.1')).toBe('only-this');
    world.own = [];
    expect(await watch.check('198.51.100.1')).toBe('away');
    await watch.back(signal);
    expect(world.waits).toEqual([1000]);
    expect(await watch.check('198.51.100.1')).toBe('only-this');
  });

  it('waits for nothing when nothing is away', async () => {
    const world = makeWorld();
    await createNetworkWatch(world).back(signal);
    expect(world.waits).toEqual([]);
  });

  it('asks once for all who ask together, and again for those who come later', async () => {
    const answers: ((isThere: boolean) => void)[] = [];
    const world: WatchedWorld = {
      ...makeWorld(),
      hasRoute: () => new Promise((resolve) => answers.push(resolve)),
    };
    const watch = createNetworkWatch(world);
    watch.answered('192.0.2.1');
    const first = watch.check('198.51.100.1');
    const later = Promise.all(Array.from({ length: 100 }, () => watch.check('198.51.100.1')));
    expect(answers).toHaveLength(1);
    answers[0]?.(true);
    expect(await first).toBe('only-this');
    expect(answers).toHaveLength(2);
    // What was true before they asked is no answer for them.
    answers[1]?.(false);
    expect(new Set(await later)).toEqual(new Set(['away']));
  });

  it('stops waiting when the signal aborts', async () => {
    const stopper = new AbortController();
    const { wait: _, ...world } = makeWorld();
    const watch = createNetworkWatch({
      ...world,
      wait: async () => {
        stopper.abort();
        throw stopper.signal.reason;
      },
    });
    watch.answered('192.0.2.1');
    expect(await watch.check('198.51.100.1')).toBe('away');
    await watch.back(stopper.signal);
    expect(await watch.check('198.51.100.1')).toBe('away');
  });

  describe('in a network namespace', () => {
    const obstacle = findNamespaceObstacle();
    if (obstacle !== null && process.env.CI !== 'true') {
      it.skip(obstacle, () => expect.unreachable());
      return;
    }

    it('sees the network go and come back', async () => {
      expect(JSON.parse(await runInNamespace(path.join(import.meta.dirname, 'lose-the-network.ts')))).toEqual(
        [
          'no interface: away',
          'interface: back',
          'interface: only-this',
          'witness: only-this',
          'route gone: away',
          'stopped while it is gone',
          'route there: back',
          'route there: only-this',
        ],
      );
    });
  });
});
