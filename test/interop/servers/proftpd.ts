import type { InteropServer } from '../interop-server.js';

/** ProFTPD, with AUTH TLS and with implicit TLS. */
export const proftpd: InteropServer = {
  name: 'ProFTPD',
  programs: [
    { file: 'proftpd', package: 'proftpd-core' },
    { file: '/usr/lib/proftpd/mod_tls.so', package: 'proftpd-mod-crypto' },
  ],
  needsRoot: true,
  cases: [
    { title: 'ftp', protocol: 'ftp', port: 'ftp' },
    { title: 'ftp with implicit TLS', protocol: 'tls', port: 'ftps' },
  ],
  async start(room) {
    const tls = [
      'TLSEngine on',
      'TLSProtocol TLSv1.2 TLSv1.3',
      `TLSECCertificateFile ${room.file('main.leaf.pem')}`,
      `TLSECCertificateKeyFile ${room.file('main.key.pem')}`,
      `TLSCertificateChainFile ${room.file('main.issuer.pem')}`,
    ];
    const file = await room.write(
      'proftpd.conf',
      [
        'ServerType standalone',
        'ServerName interop',
        'UseIPv6 off',
        'DefaultAddress 127.0.0.1',
        'SocketBindTight on',
        `Port ${room.port('ftp')}`,
        // Whoever changes users no longer ends when the suite dies early.
        'User root',
        'Group root',
        `PidFile ${room.file('proftpd.pid')}`,
        `ScoreboardFile ${room.file('scoreboard')}`,
        'WtmpLog off',
        'TransferLog none',
        'SystemLog none',
        'ModulePath /usr/lib/proftpd',
        'LoadModule mod_tls.c',
        ...tls,
        '<VirtualHost 127.0.0.1>',
        `Port ${room.port('ftps')}`,
        ...tls,
        'TLSOptions UseImplicitSSL',
        '</VirtualHost>',
        '',
      ].join('\n'),
    );
    await room.serve(room.program('proftpd'), ['-n', '-c', file], ['ftp', 'ftps']);
  },
};
