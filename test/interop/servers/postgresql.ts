import type { InteropServer } from '../interop-server.js';

const INITDB = '/usr/lib/postgresql/*/bin/initdb';
const POSTGRES = '/usr/lib/postgresql/*/bin/postgres';

/** PostgreSQL. */
export const postgresql: InteropServer = {
  name: 'PostgreSQL',
  programs: [
    { file: INITDB, package: 'postgresql' },
    { file: POSTGRES, package: 'postgresql' },
  ],
  needsRoot: true,
  cases: [{ title: 'postgres', protocol: 'postgres', port: 'postgres' }],
  async start(room) {
    await room.giveTo('postgres');
    const user = 'postgres';
    const data = room.file('data');
    await room.run(room.program(INITDB), ['--no-sync', '--no-locale', '-A', 'trust', '-D', data], { user });
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${room.port('postgres')}`,
      `unix_socket_directories=${room.path}`,
      'ssl=on',
      `ssl_cert_file=${room.file('main.chain.pem')}`,
      `ssl_key_file=${room.file('main.key.pem')}`,
    ];
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    await room.serve(room.program(POSTGRES), args, ['postgres'], { user });
  },
};
