import { describe, expect, it } from 'vitest';
import { alertRecord } from '../hello/write-records.js';
import { askPosture } from './ask-posture.js';
import {
  AES128_SHA,
  type Answer,
  HANDSHAKE_FAILURE,
  speaking,
  TLS10,
  TLS12,
  useScriptedTls,
} from './scripted-tls.js';

const serve = useScriptedTls();

describe('findFallbackScsv', () => {
  it.each<[string, Answer, boolean | null]>([
    ['turned away', alertRecord(2, 86), true],
    ['refused for another reason', HANDSHAKE_FAILURE, null],
  ])('knows of a needless retry that is %s', async (_, answer, expected) => {
    const talk = speaking([TLS12, TLS10], [AES128_SHA]);
    const { port } = await serve((hello) => (hello?.cipherSuites.includes(0x5600) ? answer : talk(hello)));
    expect((await askPosture(port)).posture.fallbackScsv).toBe(expected);
  });

  it('knows of a needless retry that is taken', async () => {
    const { port } = await serve(speaking([TLS12, TLS10], [AES128_SHA]));
    expect((await askPosture(port)).posture.fallbackScsv).toBe(false);
  });
});
