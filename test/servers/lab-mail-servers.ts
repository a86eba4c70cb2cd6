import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { makeCertificate } from '../fixtures/make-certificate.js';
import type { LabAuthority } from './lab-authority.js';
import type { LabServerSpec } from './lab-server.js';
import { listenTcp } from './listener.js';

/** Mail servers that speak SMTP and turn to TLS on request (RFC 3207), or do not. */
export async function makeMailServers({ intermediate }: LabAuthority): Promise<LabServerSpec[]> {
  const leaf = await makeCertificate({ dnsNames: ['mail.lab.example'], issuer: intermediate });
  const context = createSecureContext({ cert: leaf.pem + intermediate.pem, key: leaf.privateKeyPem });
  return [
    {
      name: 'smtp-starttls',
      description: 'a mail server that turns to TLS on request',
      serverName: 'mail.lab.example',
      protocol: 'smtp',
      expect: { outcome: 'tls', status: 'Good', path: 'trusted', findings: [] },
      start: (address) => listenTcp((socket) => speakSmtp(socket, context), address),
    },
    {
      name: 'smtp-plain',
      description: 'a mail server that does not offer TLS',
      serverName: 'plain-mail.lab.example',
      protocol: 'smtp',
      expect: {
        outcome: 'starttls-refused',
        status: 'No certificate',
        path: 'none',
        findings: ['starttls-missing'],
      },
      start: (address) => listenTcp((socket) => speakSmtp(socket, null), address),
    },
  ];
}

function speakSmtp(socket: Socket, context: SecureContext | null): void {
  let pending = '';
  const read = (bytes: Buffer): void => {
    pending += bytes.toString('latin1');
    const lines = pending.split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const command = line.toUpperCase();
      if (command === 'STARTTLS' && context !== null) {
        socket.off('data', read);
        socket.write('220 2.0.0 go ahead\r\n');
        startTls(socket, context);
      } else {
        socket.write(answer(command, context !== null));
      }
    }
  };
  socket.on('data', read);
  socket.write('220 mail.lab.example ESMTP\r\n');
}

function answer(command: string, offersTls: boolean): string {
  if (command.startsWith('EHLO ')) {
    return `250-mail.lab.example\r\n${offersTls ? '250-STARTTLS\r\n' : ''}250 8BITMIME\r\n`;
  }
  if (command === 'QUIT') return '221 2.0.0 bye\r\n';
  return '502 5.5.1 not implemented\r\n';
}

function startTls(socket: Socket, secureContext: SecureContext): void {
  const secure = new TLSSocket(socket, { isServer: true, secureContext });
  secure.on('error', () => secure.destroy());
  secure.resume();
}
