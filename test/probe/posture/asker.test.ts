import { describe, expect, it } from 'vitest';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import { askPosture } from './ask-posture.js';
import {
  AES128_SHA,
  AES256_SHA,
  RC4_MD5,
  SSLV3,
  speaking,
  TLS10,
  TLS12,
  useScriptedTls,
} from './scripted-tls.js';

const serve = useScriptedTls();

describe('createAsker', () => {
  it('does not take hanging up for a no where the server has had enough', async () => {
    const talk = speaking([TLS12, TLS10], [AES128_SHA, AES256_SHA]);
    const { port } = await serve((hello, connection) => (connection > 3 ? 'close' : talk(hello)));
    const { posture } = await askPosture(port, { connectionsAtOnce: 1 });
    expect(posture.complete).toBe(false);
    expect(posture.reason).toMatch(/the server does not answer any more/);
    expect(posture.versions).toMatchObject({ SSLv3: null, TLSv1: null, SSLv2: null });
    expect(Object.entries(posture.versions).filter(([, value]) => value === false)).toEqual(
      posture.versions['TLSv1.3'] === false ? [['TLSv1.3', false]] : [],
    );
  });

  it('keeps to so many connections at a time', async () => {
    for (const connectionsAtOnce of [1, 4]) {
      const server = await serve(speaking([SSLV3, TLS10, TLS12], [AES128_SHA, AES256_SHA, RC4_MD5]));
      let open = 0;
      let mostAtOnce = 0;
      const { posture } = await askPosture(server.port, {
        connectionsAtOnce,
        opened: () => {
          open += 1;
          mostAtOnce = Math.max(mostAtOnce, open);
          return () => {
            open -= 1;
          };
        },
      });
      expect(posture.complete).toBe(true);
      expect(mostAtOnce).toBe(connectionsAtOnce);
      expect(server.connections).toBe(posture.connections);
    }
  });

  it('ends in time with a server that never answers', async () => {
    const { port } = await serve(() => 'hang');
    const startedAt = performance.now();
    const { posture } = await askPosture(port, { timeoutMs: 200 });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(Object.values(posture.versions)).toEqual([null, null, null, null, null, null]);
    expect(posture.complete).toBe(false);
  });

  it('gives up soon where nobody listens any more', async () => {
    const server = await serve(() => 'close');
    await server.close();
    const { posture } = await askPosture(server.port);
    expect(posture.connections).toBeLessThanOrEqual(7);
    expect(Object.values(posture.versions)).toEqual([null, null, null, null, null, null]);
  });

  it('throws when the scan is cancelled, and then alone', async () => {
    const stopper = new AbortController();
    const { port } = await serve((_, connection) => {
      if (connection === 2) stopper.abort();
      return 'hang';
    });
    const asked = askPosture(port, { signal: stopper.signal });
    await expect(asked).rejects.toBeInstanceOf(ProbeFailure);
    await expect(asked).rejects.toMatchObject({ outcome: 'cancelled' });
  });
});
