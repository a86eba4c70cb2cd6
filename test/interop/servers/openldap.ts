import type { InteropServer } from '../interop-server.js';

/** OpenLDAP's slapd. */
export const openldap: InteropServer = {
  name: 'OpenLDAP',
  programs: [{ file: 'slapd', package: 'slapd' }],
  cases: [
    { title: 'ldap', protocol: 'ldap', port: 'ldap' },
    { title: 'ldap with implicit TLS', protocol: 'tls', port: 'ldaps' },
  ],
  async start(room) {
    const file = await room.write(
      'slapd.conf',
      [
        'include /etc/ldap/schema/core.schema',
        `pidfile ${room.file('slapd.pid')}`,
        `TLSCertificateFile ${room.file('main.chain.pem')}`,
        `TLSCertificateKeyFile ${room.file('main.key.pem')}`,
        'modulepath /usr/lib/ldap',
        'moduleload back_null',
        'database null',
        'suffix "dc=interop,dc=example"',
        '',
      ].join('\n'),
    );
    const urls = `ldap://127.0.0.1:${room.port('ldap')}/ ldaps://127.0.0.1:${room.port('ldaps')}/`;
    await room.serve(room.program('slapd'), ['-d', '0', '-f', file, '-h', urls], ['ldap', 'ldaps']);
  },
};
