import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MadeCertificate } from '../../fixtures/make-certificate.js';
import type { Listener } from '../../servers/listener.js';

/** What an `openssl s_server` is to serve. */
export interface OpensslOptions {
  readonly chain: readonly MadeCertificate[];
  /** A second certificate, with a key of another kind. */
  readonly second?: readonly MadeCertificate[];
  /** Further arguments. */
  readonly args?: readonly string[];
  /** Files that arguments name as `@name`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** Starts `openssl s_server` on a free port of loopback. */
export async function startOpenssl({
  chain,
  second,
  args = [],
  files = {},
}: OpensslOptions): Promise<Listener> {
  const folder = mkdtempSync(join(tmpdir(), 'certsweep-openssl-'));
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  const credentials = (prefix: '' | 'd', certificates: readonly MadeCertificate[]) => {
    const [leaf, ...others] = certificates;
    const chained = others.map((certificate) => certificate.pem).join('');
    return [
      `-${prefix}cert`,
      write(`${prefix}cert.pem`, leaf?.pem ?? ''),
      `-${prefix}key`,
      write(`${prefix}key.pem`, leaf?.privateKeyPem ?? ''),
      ...(chained === '' ? [] : [`-${prefix}cert_chain`, write(`${prefix}chain.pem`, chained)]),
    ];
  };
  const server = spawn(
    'openssl',
    [
      ...['s_server', '-accept', '127.0.0.1:0', '-naccept', '100'],
      ...credentials('', chain),
      ...(second ? credentials('d', second) : []),
      ...args.map((argument) => (argument.startsWith('@') ? join(folder, argument.slice(1)) : argument)),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString('latin1');
      const match = /^ACCEPT .*:(\d+)$/m.exec(said);
      if (match) resolve(Number(match[1]));
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('close', () => reject(new Error(`openssl ended: ${said}`)));
  });
  return {
    port,
    close: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
