import type { InteropServer } from '../interop-server.js';
import { OPENSSL_PROGRAM } from '../openssl-program.js';

/** The program itself: what Debian has in /usr/sbin is a script that reads the system's configuration. */
const UPSD = '/lib/nut/upsd';

const PASSWORD = 'interop';

/** upsd of Network UPS Tools, which keeps its certificate in a key store of NSS. */
export const nut: InteropServer = {
  name: 'NUT',
  programs: [
    { file: UPSD, package: 'nut-server' },
    { file: 'certutil', package: 'libnss3-tools' },
    { file: 'pk12util', package: 'libnss3-tools' },
    OPENSSL_PROGRAM,
  ],
  needsRoot: true,
  identities: { main: { dnsNames: ['interop.example'], key: 'rsa-2048' } },
  cases: [{ title: 'nut', protocol: 'nut', port: 'nut' }],
  async start(room) {
    await room.write('store/.keep', '');
    await room.write('state/.keep', '');
    const store = `sql:${room.file('store')}`;
    const password = await room.write('password', PASSWORD);
    const bundle = room.file('main.p12');
    await room.run(room.program(OPENSSL_PROGRAM.file), [
      ...['pkcs12', '-export', '-in', room.file('main.chain.pem'), '-inkey', room.file('main.key.pem')],
      ...['-name', 'main', '-passout', `pass:${PASSWORD}`, '-out', bundle],
    ]);
    await room.run(room.program('certutil'), ['-N', '-d', store, '-f', password]);
    await room.run(room.program('pk12util'), ['-i', bundle, '-d', store, '-k', password, '-w', password]);
    await room.write(
      'etc/upsd.conf',
      [
        `LISTEN 127.0.0.1 ${room.port('nut')}`,
        `STATEPATH ${room.file('state')}`,
        `CERTPATH ${room.file('store')}`,
        `CERTIDENT "main" "${PASSWORD}"`,
        'ALLOW_NO_DEVICE true',
        '',
      ].join('\n'),
    );
    await room.write('etc/ups.conf', '');
    await room.write('etc/upsd.users', '');
    await room.giveTo('nut');
    const environment = { NUT_CONFPATH: room.file('etc'), NUT_ALTPIDPATH: room.file('state') };
    await room.serve(room.program(UPSD), ['-D'], ['nut'], { user: 'nut', environment });
  },
};
