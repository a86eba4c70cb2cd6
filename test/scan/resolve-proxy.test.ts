import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { resolveProxy } from '../../src/scan/resolve-proxy.js';
import { type ConnectProxy, startConnectProxy } from '../servers/connect-proxy.js';

let proxy: ConnectProxy | undefined;
afterEach(() => proxy?.close());

describe('resolveProxy', () => {
  it.each(['127.0.0.1:PORT', 'localhost:PORT', 'http://127.0.0.1:PORT/'])('finds %s', async (text) => {
    proxy = await startConnectProxy();
    const { port } = proxy;
    const found = await resolveProxy(text.replace('PORT', String(port)));
    expect(found).toEqual({ address: '127.0.0.1', port });
  });

  it.each(['', 'proxy.example', ':3128', 'proxy.example:0', 'proxy.example:65536', 'https://p:1', 'u:p@h:1'])(
    'takes %j for no proxy',
    async (text) => {
      await expect(resolveProxy(text)).rejects.toThrow('write the host and port of an HTTP proxy');
    },
  );

  it('says that nobody listens there, or that nobody is called so', async () => {
    proxy = await startConnectProxy();
    const { port } = proxy;
    await proxy.close();
    await expect(resolveProxy(`127.0.0.1:${port}`)).rejects.toThrow(UsageError);
    await expect(resolveProxy(`127.0.0.1:${port}`)).rejects.toThrow('cannot be reached: the port is closed');
    await expect(resolveProxy('proxy.invalid:3128')).rejects.toThrow('cannot be found');
  });
});
