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

const FALLBACK_SCSV = 0x5600;

describe('findFallbackScsv', () => {
  it.each<[string, Answer]>([
    ['turned away', alertRecord(2, 86)],
    ['turned away with an alert that says nothing of it', HANDSHAKE_FAILURE],
    ['turned away by hanging up', 'close'],
  ])('knows of a needless retry that is %s', async (_, answer) => {
    const talk = speaking([TLS12, TLS10], [AES128_SHA]);
    const { port } = await serve((hello) =>
      hello?.cipherSuites.includes(FALLBACK_SCSV) ? answer : talk(hello),
    );
    expect((await askPosture(port)).posture.fallbackScsv).toBe(true);
  });

  it('knows of a needless retry that is taken', async () => {
    const { port } = await serve(speaking([TLS12, TLS10], [AES128_SHA]));
    expect((await askPosture(port)).posture.fallbackScsv).toBe(false);
  });

  it('says nothing of a server that by then refuses everybody', async () => {
    const talk = speaking([TLS12, TLS10], [AES128_SHA]);
    let isTired = false;
    const { port } = await serve((hello) => {
      isTired ||= hello?.cipherSuites.includes(FALLBACK_SCSV) === true;
      return isTired ? HANDSHAKE_FAILURE : talk(hello);
    });
    const { posture } = await askPosture(port);
    expect(posture.fallbackScsv).toBeNull();
    expect(posture.unknown).toHaveProperty('fallbackScsv');
  });
});
