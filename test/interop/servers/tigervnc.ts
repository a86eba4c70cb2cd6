import type { InteropServer } from '../interop-server.js';

/** TigerVNC, with VeNCrypt. */
export const tigervnc: InteropServer = {
  name: 'TigerVNC',
  programs: [{ file: 'Xtigervnc', package: 'tigervnc-standalone-server' }],
  cases: [{ title: 'vnc', protocol: 'vnc', port: 'vnc' }],
  async start(room) {
    const args = [
      ...['-displayfd', '1', '-interface', '127.0.0.1', '-rfbport', `${room.port('vnc')}`],
      ...['-SecurityTypes', 'X509None', '-nolisten', 'tcp', '-nolisten', 'unix'],
      // Otherwise whoever hangs up five times is turned away for a while.
      ...['-BlacklistThreshold', '1000000'],
      ...['-X509Cert', room.file('main.chain.pem'), '-X509Key', room.file('main.key.pem')],
    ];
    await room.serve(room.program('Xtigervnc'), args, ['vnc']);
  },
};
