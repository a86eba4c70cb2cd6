import type { InteropServer } from '../interop-server.js';

const MAKEHISTORY = '/usr/lib/news/bin/makehistory';
const NNRPD = '/usr/lib/news/bin/nnrpd';

/** INN's nnrpd, the part of InterNetNews that readers speak to, by itself. */
export const inn: InteropServer = {
  name: 'INN',
  programs: [
    { file: MAKEHISTORY, package: 'inn2' },
    { file: NNRPD, package: 'inn2' },
  ],
  needsRoot: true,
  cases: [
    { title: 'nntp', protocol: 'nntp', port: 'nntp' },
    { title: 'nntp with implicit TLS', protocol: 'tls', port: 'nntps' },
  ],
  async start(room) {
    const folder = (name: string) => room.file(name);
    for (const name of ['db', 'spool/articles', 'spool/overview', 'tmp', 'run', 'log'])
      await room.write(`${name}/.keep`, '');
    await room.write('db/active', 'interop.test 0000000000 0000000001 y\n');
    await room.write(
      'etc/readers.conf',
      'auth "all" {\n hosts: "*"\n default: "<guest>"\n}\naccess "all" {\n users: "*"\n newsgroups: "*"\n}\n',
    );
    await room.write('etc/storage.conf', 'method tradspool {\n newsgroups: *\n class: 0\n}\n');
    const file = await room.write(
      'etc/inn.conf',
      [
        'domain: interop.example',
        'pathhost: news.interop.example',
        'mta: "/usr/sbin/sendmail -oi -oem %s"',
        'hismethod: hisv6',
        'ovmethod: tradindexed',
        'pathnews: /usr/lib/news',
        `pathdb: ${folder('db')}`,
        `pathetc: ${folder('etc')}`,
        `pathspool: ${folder('spool')}`,
        `pathtmp: ${folder('tmp')}`,
        `pathrun: ${folder('run')}`,
        `pathlog: ${folder('log')}`,
        `tlscertfile: ${room.file('main.chain.pem')}`,
        `tlskeyfile: ${room.file('main.key.pem')}`,
        '',
      ].join('\n'),
    );
    await room.giveTo('news');
    const options = { user: 'news', environment: { INNCONF: file } };
    // Without an overview to open, nnrpd turns everybody away.
    await room.run(room.program(MAKEHISTORY), ['-x', '-O', '-F'], options);
    const args = (label: string) => ['-D', '-f', '-4', '127.0.0.1', '-p', `${room.port(label)}`];
    await Promise.all([
      room.serve(room.program(NNRPD), args('nntp'), ['nntp'], options),
      room.serve(room.program(NNRPD), [...args('nntps'), '-S'], ['nntps'], options),
    ]);
  },
};
