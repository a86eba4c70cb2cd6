import type { Program } from './interop-server.js';

/** The command line of OpenSSL, which makes what other servers need, and is a server itself. */
export const OPENSSL_PROGRAM: Program = { file: 'openssl', package: 'openssl' };
