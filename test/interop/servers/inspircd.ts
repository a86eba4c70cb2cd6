import type { InteropServer } from '../interop-server.js';

/** InspIRCd. */
export const inspircd: InteropServer = {
  name: 'InspIRCd',
  programs: [{ file: 'inspircd', package: 'inspircd' }],
  needsRoot: true,
  cases: [
    { title: 'irc', protocol: 'irc', port: 'irc' },
    { title: 'irc with implicit TLS', protocol: 'tls', port: 'ircs' },
  ],
  async start(room) {
    const file = await room.write(
      'inspircd.conf',
      [
        '<config format="xml">',
        '<server name="irc.interop.example" description="interop" network="Interop">',
        '<admin name="Interop" nick="interop" email="irc@interop.example">',
        `<pid file="${room.file('inspircd.pid')}">`,
        '<log method="stderr" type="* -USERINPUT -USEROUTPUT" level="default" target="stderr">',
        '<module name="ssl_gnutls">',
        '<module name="starttls">',
        '<starttls sslprofile="main">',
        `<sslprofile name="main" provider="gnutls" certfile="${room.file('main.chain.pem')}" keyfile="${room.file('main.key.pem')}">`,
        `<bind address="127.0.0.1" port="${room.port('irc')}" type="clients">`,
        `<bind address="127.0.0.1" port="${room.port('ircs')}" type="clients" sslprofile="main">`,
        '<connect allow="*" resolvehostnames="no" localmax="1000" globalmax="1000">',
        '',
      ].join('\n'),
    );
    await room.giveTo('irc');
    const args = ['--config', file, '--nofork'];
    await room.serve(room.program('inspircd'), args, ['irc', 'ircs'], { user: 'irc' });
  },
};
