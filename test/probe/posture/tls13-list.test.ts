import { describe, expect, it } from 'vitest';
import { askPosture, groupsOf } from './ask-posture.js';
import { HANDSHAKE_FAILURE, PROTOCOL_VERSION, TLS13, useScriptedTls, wantsGroup } from './scripted-tls.js';

const serve = useScriptedTls();

describe('listTls13', () => {
  it('finds post-quantum groups by what the server asks for, without any share', async () => {
    const groups = [0x11ec, 0x11eb, 0x11ed, 0x0201, 0x001d];
    const { port } = await serve((hello) => {
      if (hello?.version !== TLS13) return PROTOCOL_VERSION;
      const group = groups.find((id) => hello.groups.includes(id));
      if (group === undefined || !hello.cipherSuites.includes(0x1301)) return HANDSHAKE_FAILURE;
      return wantsGroup(hello, 0x1301, group);
    });
    const { posture } = await askPosture(port);
    expect(groupsOf(posture, 'TLSv1.3')).toEqual([
      'X25519MLKEM768',
      'SecP256r1MLKEM768',
      'SecP384r1MLKEM1024',
      'MLKEM768',
      'x25519',
    ]);
    expect(posture.groups[0]?.complete).toBe(true);
  });
});
