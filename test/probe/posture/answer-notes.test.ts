import { describe, expect, it } from 'vitest';
import { askPosture } from './ask-posture.js';
import { AES128_SHA, speaking, TLS12, useScriptedTls } from './scripted-tls.js';

const serve = useScriptedTls();

describe('noteAnswer', () => {
  it('notes what the server echoes', async () => {
    const nothing = Buffer.alloc(0);
    const extensions = [
      [0xff01, Buffer.of(0)],
      [0x0017, nothing],
      [0x0016, nothing],
      [0x000f, Buffer.of(1)],
    ] as const;
    const { port } = await serve(speaking([TLS12], [AES128_SHA], () => ({ extensions })));
    expect((await askPosture(port)).posture).toMatchObject({
      secureRenegotiation: true,
      extendedMasterSecret: true,
      encryptThenMac: true,
      heartbeat: true,
    });
  });
});
