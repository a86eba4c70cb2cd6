import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { type Listener, listenTcp } from '../servers/listener.js';

const LOOPBACK = '127.0.0.1';

/**
 * Starts nginx with a P-256 leaf and one intermediate on all of 127/8 and a free port; `lines` go into its server block.
 * Its files are made in `folder`; the root is in `root.pem` there.
 */
export async function startNginx(folder: string, lines: string): Promise<Listener> {
  const spare = await listenTcp((socket) => socket.destroy(), { host: LOOPBACK, port: 0 });
  const { port } = spare;
  await spare.close();
  const root = await makeCertificate({ subject: 'CN=Bench Root', ca: true });
  const intermediate = await makeCertificate({ subject: 'CN=Bench CA', ca: true, issuer: root });
  const leaf = await makeCertificate({ dnsNames: ['bench.example'], issuer: intermediate });
  writeFileSync(join(folder, `${port}.pem`), leaf.pem + intermediate.pem);
  writeFileSync(join(folder, 'root.pem'), root.pem);
  writeFileSync(join(folder, `${port}.key`), leaf.privateKeyPem);
  const configuration = join(folder, `${port}.conf`);
  writeFileSync(
    configuration,
    `daemon off; worker_processes 1; pid ${folder}/${port}.pid; error_log /dev/null crit;
    events { worker_connections 4096; }
    http { access_log off; ssl_certificate ${folder}/${port}.pem; ssl_certificate_key ${folder}/${port}.key;
    server { listen 0.0.0.0:${port} ssl backlog=4096; ssl_session_cache off; ssl_session_tickets off; ${lines} } }`,
  );
  const nginx = spawn('nginx', ['-c', configuration], { stdio: 'ignore' });
  for (let isUp = false; !isUp; ) {
    isUp = await new Promise((resolve) => {
      const socket = connect(port, LOOPBACK, () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.on('connect', () => socket.destroy());
      socket.on('error', () => socket.destroy());
    });
  }
  return {
    port,
    close: async () => {
      nginx.kill();
      await once(nginx, 'close');
    },
  };
}
