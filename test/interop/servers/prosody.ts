import type { InteropServer } from '../interop-server.js';

/** Prosody, for clients and for servers. Its names are asked for: to others it answers `host-unknown`. */
export const prosody: InteropServer = {
  name: 'Prosody',
  programs: [{ file: 'prosody', package: 'prosody' }],
  needsRoot: true,
  cases: [
    { title: 'xmpp-client', protocol: 'xmpp-client', port: 'c2s', serverName: 'interop.example' },
    { title: 'xmpp-server', protocol: 'xmpp-server', port: 's2s', serverName: 'interop.example' },
    { title: 'xmpp with implicit TLS', protocol: 'tls', port: 'c2sDirect', serverName: 'interop.example' },
  ],
  async start(room) {
    const file = await room.write(
      'prosody.cfg.lua',
      [
        `pidfile = "${room.file('prosody.pid')}"`,
        `data_path = "${room.file('data')}"`,
        'modules_enabled = { "tls", "saslauth", "dialback" }',
        'interfaces = { "127.0.0.1" }',
        `c2s_ports = { ${room.port('c2s')} }`,
        `c2s_direct_tls_ports = { ${room.port('c2sDirect')} }`,
        `s2s_ports = { ${room.port('s2s')} }`,
        's2s_direct_tls_ports = {}',
        'http_ports = {}',
        'https_ports = {}',
        `ssl = { certificate = "${room.file('main.chain.pem')}", key = "${room.file('main.key.pem')}" }`,
        'log = { { levels = { min = "info" }, to = "console" } }',
        'VirtualHost "interop.example"',
        '',
      ].join('\n'),
    );
    await room.giveTo('prosody');
    const options = { user: 'prosody' };
    await room.serve(room.program('prosody'), ['--config', file, '-F'], ['c2s', 's2s', 'c2sDirect'], options);
  },
};
