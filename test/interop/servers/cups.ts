import type { InteropServer } from '../interop-server.js';

/**
 * CUPS, which takes the upgrade of HTTP and implicit TLS on one port. It is asked for no name: over loopback it answers
 * 400 to every `Host` but those of loopback.
 */
export const cups: InteropServer = {
  name: 'CUPS',
  programs: [{ file: 'cupsd', package: 'cups-daemon' }],
  needsRoot: true,
  cases: [
    { title: 'http-upgrade', protocol: 'http-upgrade', port: 'ipp' },
    { title: 'ipp with implicit TLS', protocol: 'tls', port: 'ipp' },
  ],
  async start(room) {
    const [leaf, issuer] = room.chain('main');
    await room.write('keys/interop.example.crt', `${leaf?.pem}${issuer?.pem}`);
    await room.write('keys/interop.example.key', `${leaf?.privateKeyPem}`);
    for (const name of ['root', 'cache', 'state', 'spool', 'temporary'])
      await room.write(`${name}/.keep`, '');
    const configuration = await room.write(
      'cupsd.conf',
      [
        'LogLevel warn',
        'ServerName interop.example',
        'ServerAlias *',
        `Listen 127.0.0.1:${room.port('ipp')}`,
        'DefaultEncryption IfRequested',
        'Browsing off',
        'WebInterface no',
        '',
      ].join('\n'),
    );
    const files = await room.write(
      'cups-files.conf',
      [
        'ErrorLog stderr',
        'AccessLog stderr',
        'PageLog stderr',
        'CreateSelfSignedCerts no',
        `ServerKeychain ${room.file('keys')}`,
        `ServerRoot ${room.file('root')}`,
        `CacheDir ${room.file('cache')}`,
        `StateDir ${room.file('state')}`,
        `RequestRoot ${room.file('spool')}`,
        `TempDir ${room.file('temporary')}`,
        '',
      ].join('\n'),
    );
    await room.serve(room.program('cupsd'), ['-f', '-c', configuration, '-s', files], ['ipp']);
  },
};
