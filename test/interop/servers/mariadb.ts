import type { InteropServer } from '../interop-server.js';

/** MariaDB, without InnoDB, which takes seconds to begin. */
export const mariadb: InteropServer = {
  name: 'MariaDB',
  programs: [{ file: 'mariadbd', package: 'mariadb-server' }],
  needsRoot: true,
  cases: [{ title: 'mysql', protocol: 'mysql', port: 'mysql' }],
  async start(room) {
    await room.write('data/.keep', '');
    await room.giveTo('mysql');
    const args = [
      '--no-defaults',
      '--skip-grant-tables',
      '--skip-innodb',
      '--default-storage-engine=MyISAM',
      '--skip-log-bin',
      '--skip-name-resolve',
      `--datadir=${room.file('data')}`,
      `--socket=${room.file('mariadb.socket')}`,
      `--pid-file=${room.file('mariadb.pid')}`,
      '--skip-networking=0',
      '--bind-address=127.0.0.1',
      `--port=${room.port('mysql')}`,
      `--ssl-cert=${room.file('main.chain.pem')}`,
      `--ssl-key=${room.file('main.key.pem')}`,
    ];
    await room.serve(room.program('mariadbd'), args, ['mysql'], { user: 'mysql' });
  },
};
