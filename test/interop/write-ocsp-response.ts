import { X509Certificate } from 'node:crypto';
import { OPENSSL_PROGRAM } from './openssl-program.js';
import type { ServerRoom } from './server-room.js';

/** Makes an OCSP response that calls an identity's leaf good, signed by its issuer, as the file `<identity>.ocsp.der`. */
export async function writeOcspResponse(room: ServerRoom, identity: string): Promise<void> {
  const openssl = room.program(OPENSSL_PROGRAM.file);
  const [leaf, issuer] = room.chain(identity);
  if (leaf === undefined || issuer === undefined) throw new Error('a leaf and its issuer are needed');
  const { serialNumber } = new X509Certificate(leaf.der);
  // Of openssl-ca's list of certificates: status, expiry, revocation, serial number, file, subject.
  const line = ['V', '491231235959Z', '', serialNumber, 'unknown', '/CN=leaf'].join('\t');
  const index = await room.write(`${identity}.index`, `${line}\n`);
  const issuerFile = room.file(`${identity}.issuer.pem`);
  const issuerKey = await room.write(`${identity}.issuer-key.pem`, issuer.privateKeyPem);
  const request = room.file(`${identity}.ocsp-request.der`);
  const leafFile = room.file(`${identity}.leaf.pem`);
  await room.run(openssl, [
    ...['ocsp', '-issuer', issuerFile, '-cert', leafFile, '-no_nonce', '-reqout', request],
  ]);
  await room.run(openssl, [
    ...['ocsp', '-index', index, '-CA', issuerFile, '-rsigner', issuerFile, '-rkey', issuerKey],
    ...['-reqin', request, '-respout', room.file(`${identity}.ocsp.der`), '-ndays', '1'],
  ]);
}
