import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasRoute } from '../../src/probe/has-route.js';
import { findNamespaceObstacle, runInNamespace } from '../network-namespace.js';

describe('hasRoute', () => {
  it('knows the way to this machine', async () => {
    expect(await hasRoute('127.0.0.1')).toBe(true);
  });

  it('refuses what is no address', async () => {
    await expect(hasRoute('localhost')).rejects.toThrow(TypeError);
  });

  it('can be asked many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => hasRoute('127.0.0.1')));
    expect(answers.every(Boolean)).toBe(true);
  });

  describe('in a network namespace', () => {
    const obstacle = findNamespaceObstacle();
    if (obstacle !== null && process.env.CI !== 'true') {
      it.skip(obstacle, () => expect.unreachable());
      return;
    }

    it('says what the kernel knows at the moment', async () => {
      const said = JSON.parse(await runInNamespace(path.join(import.meta.dirname, 'ask-for-routes.ts')));
      expect(said).toEqual({
        loopback: true,
        'nothing but loopback': { ipv4: false, ipv6: false, outcome: 'unreachable', isRouteMissing: true },
        'a route': { ipv4: true, ipv6: true },
        'beside the route': { ipv4: false, ipv6: false },
        'a route that refuses': { ipv4: false, outcome: 'unreachable', isRouteMissing: true },
        'the route gone again': { ipv4: false, ipv6: true },
      });
    });
  });
});
