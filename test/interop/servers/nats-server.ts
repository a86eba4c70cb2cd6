import type { InteropServer } from '../interop-server.js';

/** The NATS server. */
export const natsServer: InteropServer = {
  name: 'NATS server',
  programs: [{ file: 'nats-server', package: 'nats-server' }],
  cases: [{ title: 'nats', protocol: 'nats', port: 'nats' }],
  async start(room) {
    const file = await room.write(
      'nats.conf',
      [
        `listen: "127.0.0.1:${room.port('nats')}"`,
        `tls { cert_file: "${room.file('main.chain.pem')}", key_file: "${room.file('main.key.pem')}" }`,
        '',
      ].join('\n'),
    );
    await room.serve(room.program('nats-server'), ['-c', file], ['nats']);
  },
};
