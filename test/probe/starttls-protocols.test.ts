import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StarttlsProtocol } from '../../src/probe/starttls-protocol.js';
import { starttlsProtocols } from '../../src/probe/starttls-protocols.js';

const PAGE = path.join(import.meta.dirname, '../../docs/protocols.md');

const INTRODUCTION = `# Protocols

Most servers with a certificate speak TLS from the first byte. The protocols below begin in plain text and turn to TLS on
request; certsweep speaks each of them up to that point and no further, and never logs in. Write the one you mean behind
the port, as in \`2525/smtp\`; \`443/tls\` means TLS from the first byte. A port without a protocol means the protocol whose
default port it is, and TLS everywhere else.

| protocol | is | default ports | source |
|---|---|---|---|
`;

const DETECTION = `
## When a port does not keep its promise

An endpoint is recorded with the protocol that was really spoken.

- Where TLS was expected and a server answers in another protocol of the table, it is spoken to in that one, on a second
  connection. A server that speaks TLS costs one connection. Servers that speak something else, and web servers without
  TLS, have the outcome \`not-tls\`, with what they are and their own words.
- Where another protocol was expected and the server turns out to speak TLS at once, or yet another protocol, it is spoken
  to in that. A server that ought to speak first and is silent for two seconds is greeted in TLS on a second connection,
  so that one which is only slow to greet is not disturbed.
- All of this happens within the one deadline of the endpoint (\`--timeout\`).

What a server said first in plain text is kept as \`greeting\`. Plain text where TLS should have begun, which is how
commands are injected (CVE-2011-0411, CVE-2021-23222), is kept as \`plaintextAfterGoAhead\`. Both are columns of
\`export --fields\` and keys of its JSON.

## Names

A name is sent (SNI, RFC 6066, section 3) only where there is one: the target's own, or that of \`--server-name\`. An IP
address is never sent. Where an address was reached without a name, \`--names\` tries names that become known on the way,
each as an observation of its own beside that of the default certificate, ten at most:

- \`ptr\`: the name that reverse DNS gives to the address, where that name leads back to it. It is also tried where the
  server turns away everybody who sends no name;
- \`san\`: the subject alternative names of the default certificate, wildcards left out;
- \`cert\`: the same, and the common name.

Excluded names and addresses are left alone here too.

## Through a proxy

With \`--proxy host:port\` every connection leads through an HTTP proxy (CONNECT, RFC 9110, section 9.3.6). What is wrong
with the proxy, or what it refuses, has the outcome \`unreachable\` and a code that begins with \`proxy-\`. Names are
resolved by this machine, so that excludes hold and every address of a name is seen; a name that this machine does not know
is left to the proxy, unless addresses are excluded, as nobody could tell then whether it leads to one of them.

This page is made from the protocols themselves: \`npx vitest run test/probe/starttls-protocols.test.ts -u\` writes it anew.
`;

describe('the STARTTLS protocols', () => {
  it('are found by their names', () => {
    expect(starttlsProtocols.get('xmpp-client')?.name).toBe('xmpp-client');
    expect(starttlsProtocols.get('tls')).toBeUndefined();
  });

  it('stand in the manual, which is up to date', async () => {
    const rows = [...starttlsProtocols.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(formatRow);
    await expect(`${INTRODUCTION}${rows.join('\n')}\n${DETECTION}`).toMatchFileSnapshot(PAGE);
  });
});

function formatRow({ name, title, defaultPorts, citation }: StarttlsProtocol): string {
  const ports = defaultPorts.length === 0 ? 'none, only on request' : defaultPorts.join(', ');
  return `| \`${name}\` | ${title} | ${ports} | ${citation} |`;
}
