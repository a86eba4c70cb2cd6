import { describe, expect, it } from 'vitest';
import { discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { expectChain, greet, makeChain, serveOpenssl } from './greet-server.js';

describe('RecordProtection', () => {
  const suites = [
    {
      name: 'DHE',
      args: ['-tls1_2', '-cipher', 'DHE-RSA-AES128-SHA:@SECLEVEL=0'],
      suite: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      group: /^(ffdhe\d+|dh-\d+)$/,
    },
    {
      name: 'static RSA',
      args: ['-tls1_2', '-cipher', 'AES256-SHA'],
      suite: 'TLS_RSA_WITH_AES_256_CBC_SHA',
      group: null,
    },
    {
      name: 'AES-256-GCM in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_256_GCM_SHA384'],
      suite: 'TLS_AES_256_GCM_SHA384',
      group: /^x25519$/,
    },
    {
      name: 'ChaCha20 in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'],
      suite: 'TLS_CHACHA20_POLY1305_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'AES-128-CCM in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_SHA256'],
      suite: 'TLS_AES_128_CCM_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'AES-128-CCM-8 in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_8_SHA256', '-cipher', 'ALL:@SECLEVEL=0'],
      suite: 'TLS_AES_128_CCM_8_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'the group ffdhe2048 in TLS 1.3',
      args: ['-tls1_3', '-groups', 'ffdhe2048'],
      suite: 'TLS_AES_128_GCM_SHA256',
      group: /^ffdhe2048$/,
    },
    {
      name: 'no encryption',
      args: ['-tls1_2', '-cipher', 'NULL-SHA:@SECLEVEL=0'],
      suite: 'TLS_RSA_WITH_NULL_SHA',
      group: null,
    },
  ];
  it.each(suites)('reads the chain: $name', async ({ args, suite, group }) => {
    const rsa = await makeChain('rsa-2048');
    const port = await serveOpenssl({ chain: rsa, args });
    const { handshake, answer } = await greet(port, discoveryHello('wide', null));
    expect(answer).toMatchObject({ failure: null });
    expect(handshake.cipherSuite).toBe(suite);
    if (group === null) expect(handshake.group).toBeNull();
    else expect(handshake.group).toMatch(group);
    expectChain(handshake, rsa);
  });
});
