import { describe, expect, it } from 'vitest';
import { alertRecord } from '../hello/write-records.js';
import { askPosture } from './ask-posture.js';
import { AES128_SHA, speaking, TLS12, useScriptedTls } from './scripted-tls.js';

const serve = useScriptedTls();

describe('findCompression', () => {
  it('finds compression where it is offered, and only there', async () => {
    const talk = speaking([TLS12], [AES128_SHA], (hello) => ({
      compression: hello.compressionMethods.includes(1) ? 1 : 0,
    }));
    const { port } = await serve(talk);
    expect((await askPosture(port)).posture.compression).toBe(true);
  });

  it('takes a refusal of compression for a no', async () => {
    const talk = speaking([TLS12], [AES128_SHA]);
    const { port } = await serve((hello) =>
      hello && hello.compressionMethods.length > 1 ? alertRecord(2, 50) : talk(hello),
    );
    expect((await askPosture(port)).posture).toMatchObject({ complete: true, compression: false });
  });
});
