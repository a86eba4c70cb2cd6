import { describe, expect, it } from 'vitest';
import { certificateMessage } from '../hello/write-records.js';
import { askPosture } from './ask-posture.js';
import { AES128_SHA, speaking, TLS12, useScriptedTls } from './scripted-tls.js';

const serve = useScriptedTls();

describe('noteAnswer', () => {
  it.each([
    ['many', 10, 16],
    ['large', 300_000, 3],
  ])('keeps chains in bounds where they are %s', async (_, bytes, kept) => {
    let turn = 0;
    const suites = Array.from({ length: 40 }, (_, index) => 0xc001 + index);
    const { port } = await serve(
      speaking([TLS12], suites, () => {
        turn += 1;
        return { messages: [certificateMessage(Buffer.alloc(bytes, turn))] };
      }),
    );
    const { posture, presentedChains } = await askPosture(port);
    expect(presentedChains).toHaveLength(kept);
    expect(posture.certificates).toHaveLength(kept);
  });

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
