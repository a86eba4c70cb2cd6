import type { InteropServer } from '../interop-server.js';

const PROGRAMS = '/usr/lib/postfix/sbin';
const MASTER = `${PROGRAMS}/master`;

/** Postfix: a mail exchanger, a submission server that insists on TLS, and one with implicit TLS. */
export const postfix: InteropServer = {
  name: 'Postfix',
  programs: [
    { file: 'postfix', package: 'postfix' },
    { file: MASTER, package: 'postfix' },
  ],
  needsRoot: true,
  cases: [
    { title: 'smtp', protocol: 'smtp', port: 'smtp' },
    { title: 'smtp at the submission port', protocol: 'smtp', port: 'submission' },
    { title: 'smtp with implicit TLS', protocol: 'tls', port: 'submissions' },
  ],
  async start(room) {
    await room.write('queue/.keep', '');
    await room.write('data/.keep', '');
    await room.run('chown', ['postfix', room.file('data')]);
    await room.write(
      'etc/main.cf',
      [
        'compatibility_level = 3.6',
        `queue_directory = ${room.file('queue')}`,
        `data_directory = ${room.file('data')}`,
        `daemon_directory = ${PROGRAMS}`,
        'command_directory = /usr/sbin',
        `maillog_file = ${room.file('mail.log')}`,
        `maillog_file_prefixes = ${room.path}`,
        'myhostname = mail.interop.example',
        'mydestination =',
        'alias_maps =',
        'local_recipient_maps =',
        'inet_interfaces = loopback-only',
        'inet_protocols = ipv4',
        'smtpd_tls_security_level = may',
        `smtpd_tls_chain_files = ${room.file('main.key.pem')}, ${room.file('main.chain.pem')}`,
        '',
      ].join('\n'),
    );
    const service = (label: string, ...more: readonly string[]) =>
      [`127.0.0.1:${room.port(label)} inet n - n - - smtpd`, ...more].join(' ');
    await room.write(
      'etc/master.cf',
      [
        service('smtp'),
        service('submission', '-o smtpd_tls_security_level=encrypt'),
        service('submissions', '-o smtpd_tls_wrappermode=yes'),
        'anvil unix - - n - 1 anvil',
        'postlog unix-dgram n - n - 1 postlogd',
        'rewrite unix - - n - - trivial-rewrite',
        'tlsmgr unix - - n 1000? 1 tlsmgr',
        '',
      ].join('\n'),
    );
    // Makes the folders of the queue. `start-fg` would move the master out of our process group.
    await room.run(room.program('postfix'), ['-c', room.file('etc'), 'check']);
    const args = ['-d', '-c', room.file('etc')];
    await room.serve(room.program(MASTER), args, ['smtp', 'submission', 'submissions']);
  },
};
