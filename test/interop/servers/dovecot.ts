import type { InteropServer } from '../interop-server.js';

const MODULES = '/usr/lib/dovecot';

/** Dovecot: mailboxes, local delivery, mail filters and submission. */
export const dovecot: InteropServer = {
  name: 'Dovecot',
  programs: [
    { file: 'dovecot', package: 'dovecot-imapd' },
    { file: `${MODULES}/imap`, package: 'dovecot-imapd' },
    { file: `${MODULES}/lmtp`, package: 'dovecot-lmtpd' },
    { file: `${MODULES}/managesieve`, package: 'dovecot-managesieved' },
    { file: `${MODULES}/pop3`, package: 'dovecot-pop3d' },
    { file: `${MODULES}/submission`, package: 'dovecot-submissiond' },
  ],
  needsRoot: true,
  cases: [
    { title: 'imap', protocol: 'imap', port: 'imap' },
    { title: 'imap with implicit TLS', protocol: 'tls', port: 'imaps' },
    { title: 'pop3', protocol: 'pop3', port: 'pop3' },
    { title: 'pop3 with implicit TLS', protocol: 'tls', port: 'pop3s' },
    { title: 'lmtp', protocol: 'lmtp', port: 'lmtp' },
    { title: 'sieve', protocol: 'sieve', port: 'sieve' },
    { title: 'smtp at the submission port', protocol: 'smtp', port: 'submission' },
  ],
  async start(room) {
    const listener = (name: string, more = '') =>
      `inet_listener ${name} {\n address = 127.0.0.1\n port = ${room.port(name)}\n ${more}\n}`;
    const file = await room.write(
      'dovecot.conf',
      [
        'protocols = imap pop3 lmtp sieve submission',
        `base_dir = ${room.file('run')}`,
        `state_dir = ${room.file('state')}`,
        'log_path = /dev/stderr',
        'ssl = required',
        `ssl_cert = <${room.file('main.chain.pem')}`,
        `ssl_key = <${room.file('main.key.pem')}`,
        'passdb {\n driver = static\n args = password=interop\n}',
        `userdb {\n driver = static\n args = uid=nobody gid=nogroup home=${room.file('home')}\n}`,
        'submission_relay_host = 127.0.0.1',
        `service imap-login {\n${listener('imap')}\n${listener('imaps', 'ssl = yes')}\n}`,
        `service pop3-login {\n${listener('pop3')}\n${listener('pop3s', 'ssl = yes')}\n}`,
        `service lmtp {\n${listener('lmtp')}\n}`,
        `service managesieve-login {\n${listener('sieve')}\n}`,
        `service submission-login {\n${listener('submission')}\n}`,
        '',
      ].join('\n'),
    );
    const labels = ['imap', 'imaps', 'pop3', 'pop3s', 'lmtp', 'sieve', 'submission'];
    await room.serve(room.program('dovecot'), ['-F', '-c', file], labels);
  },
};
