import type { InteropServer } from '../interop-server.js';

/** xrdp. */
export const xrdp: InteropServer = {
  name: 'xrdp',
  programs: [{ file: 'xrdp', package: 'xrdp' }],
  needsRoot: true,
  identities: { main: { dnsNames: ['interop.example'], key: 'rsa-2048' } },
  cases: [{ title: 'rdp', protocol: 'rdp', port: 'rdp' }],
  async start(room) {
    const file = await room.write(
      'xrdp.ini',
      [
        '[Globals]',
        'ini_version=1',
        'fork=true',
        `port=tcp://127.0.0.1:${room.port('rdp')}`,
        'security_layer=tls',
        `certificate=${room.file('main.chain.pem')}`,
        `key_file=${room.file('main.key.pem')}`,
        'ssl_protocols=TLSv1.2, TLSv1.3',
        '[Logging]',
        `LogFile=${room.file('xrdp.log')}`,
        'EnableConsole=true',
        '',
      ].join('\n'),
    );
    await room.serve(room.program('xrdp'), ['--nodaemon', '--config', file], ['rdp']);
  },
};
