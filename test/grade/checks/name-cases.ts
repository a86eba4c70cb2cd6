import { makeLeaf, makePki } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const withCommonNameOnly = () => makePki({ leaf: { subject: 'CN=a.example', dnsNames: [] } });
const withNames = (dnsNames: string[], ipAddresses: string[] = []) =>
  makePki({ leaf: { subject: 'CN=a.example', dnsNames, ipAddresses } });
const keyUsage = (hex: string) => ({ type: '2.5.29.15', critical: true, value: Buffer.from(hex, 'hex') });

/** Cases of the findings about names and purposes. */
export const NAME_CASES: readonly CheckCase[] = [
  {
    id: 'hostname-mismatch',
    name: 'fires for another name, and not for one of many',
    fires: async () => trusted(await withNames(['a.example', 'www.a.example']), { name: 'b.example' }),
    message: 'certificate is for a.example, www.a.example, asked for b.example',
    silent: async () => trusted(await withNames(['a.example', 'b.example']), { name: 'B.example.' }),
  },
  {
    id: 'hostname-mismatch',
    name: 'says nothing of an endpoint that is known by its address alone',
    fires: async () => trusted(await makePki(), { name: 'b.example' }),
    message: /asked for b\.example$/,
    silent: async () => trusted(await makePki()),
  },
  {
    id: 'hostname-mismatch',
    name: 'asks for the address where the policy demands it',
    fires: async () => trusted(await withNames([], ['192.0.2.8']), { policy: 'demandAddressNames: true' }),
    message: /^certificate is for (IP:)?192\.0\.2\.8, asked for 192\.0\.2\.7$/,
    silent: async () => trusted(await withNames([], ['192.0.2.7']), { policy: 'demandAddressNames: true' }),
  },
  {
    id: 'hostname-mismatch',
    name: 'leaves a fitting common name to missing-san',
    fires: async () => trusted(await withCommonNameOnly(), { name: 'b.example' }),
    message: 'certificate is for the common name a.example, asked for b.example',
    silent: async () => trusted(await withCommonNameOnly(), { name: 'a.example' }),
  },
  {
    id: 'hostname-mismatch',
    name: 'lets a wildcard stand for one label only',
    fires: async () => trusted(await withNames(['*.a.example']), { name: 'x.y.a.example' }),
    message: 'certificate is for *.a.example, asked for x.y.a.example',
    silent: async () => trusted(await withNames(['*.a.example']), { name: 'x.a.example' }),
  },
  {
    id: 'missing-san',
    name: 'fires with a common name that would match',
    fires: async () => trusted(await withCommonNameOnly(), { name: 'a.example' }),
    message:
      'certificate has no DNS name among its subject alternative names, only the common name a.example, which clients ignore, though it would match a.example',
    silent: async () => trusted(await makePki(), { name: 'a.example' }),
  },
  {
    id: 'missing-san',
    name: 'fires with a common name that is another too',
    fires: async () => trusted(await withCommonNameOnly(), { name: 'b.example' }),
    message: /only the common name a\.example, which clients ignore, and which is not b\.example$/,
    silent: async () => trusted(await makePki(), { name: 'b.example' }),
  },
  {
    id: 'missing-san',
    name: 'fires where no name is known',
    fires: async () => trusted(await withCommonNameOnly()),
    message:
      'certificate has no DNS name or IP address among its subject alternative names, only the common name a.example, which clients ignore',
    silent: async () => trusted(await withNames([], ['192.0.2.9'])),
  },
  {
    id: 'missing-san',
    name: 'fires for a certificate without any name',
    fires: async () => ({ chain: [await makeLeaf({ subject: 'O=Corp', dnsNames: [] })], name: 'a.example' }),
    message: /and no common name either$/,
    silent: async () => ({ chain: [await makeLeaf({ subject: 'O=Corp' })], name: 'a.example' }),
  },
  {
    id: 'missing-server-auth',
    name: 'fires for a client certificate, and not where no purpose is named',
    fires: async () =>
      trusted(
        await makePki({
          leaf: { dnsNames: ['a.example'], extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.2.3'] },
        }),
      ),
    message: 'certificate may be used for client authentication, 1.2.3, not for server authentication',
    silent: async () => trusted(await makePki({ leaf: { dnsNames: ['a.example'], serverAuth: false } })),
  },
  {
    id: 'missing-server-auth',
    name: 'takes any purpose for this one',
    fires: async () =>
      trusted(await makePki({ leaf: { dnsNames: ['a.example'], extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] } })),
    message: /e-mail protection/,
    silent: async () =>
      trusted(await makePki({ leaf: { dnsNames: ['a.example'], extendedKeyUsage: ['2.5.29.37.0'] } })),
  },
  {
    id: 'missing-server-auth',
    name: 'fires for a key that may do nothing in a handshake',
    fires: async () => trusted(await makePki({ leaf: { extensions: [keyUsage('03020106')] } })),
    message:
      'the key of the certificate may be used for keyCertSign, cRLSign, not for the handshake of a server',
    silent: async () => trusted(await makePki({ leaf: { extensions: [keyUsage('03020520')] } })),
  },
  {
    id: 'ca-certificate-as-leaf',
    name: 'fires for a CA certificate, and not for one that says it is none',
    fires: async () => ({ chain: [await makeLeaf({ ca: true, subject: 'CN=box' })] }),
    message: "the server's own certificate, CN=box, is a CA certificate",
    silent: async () => ({ chain: [await makeLeaf({ ca: false, subject: 'CN=box' })] }),
  },
  {
    id: 'wildcard-certificate',
    name: 'fires for a wildcard among the names',
    fires: async () => trusted(await withNames(['a.example', '*.a.example'])),
    message: 'certificate is for *.a.example',
    silent: async () => trusted(await withNames(['a.example', 'www.a.example'])),
  },
  {
    id: 'internal-name',
    name: 'fires for internal names and addresses of a public certificate',
    fires: async () =>
      trusted(await withNames(['a.example', 'mail.corp.local', 'intranet'], ['10.0.0.1', 'fd00::1']), {
        storeName: 'mozilla',
      }),
    message:
      'publicly trusted certificate is also for mail.corp.local, intranet, 10.0.0.1, fd00::1, which no public authority gives out',
    silent: async () =>
      trusted(await withNames(['a.example', 'local.example'], ['192.0.2.1']), { storeName: 'mozilla' }),
  },
  {
    id: 'internal-name',
    name: 'lets a private CA name what it likes',
    fires: async () => trusted(await withNames(['mail.corp.local']), { storeName: 'mozilla' }),
    message: /mail\.corp\.local/,
    silent: async () => trusted(await withNames(['mail.corp.local'])),
  },
];
