import { makeLeaf, makePki, makeRoot } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const withIssuerUrl = () =>
  makePki({ leaf: { dnsNames: ['a.example'], aiaIssuers: 'http://ca.example/issuing.cer' } });
const broken = () => makePki({ intermediate: { ca: false, subject: 'CN=Corp Issuing CA' } });

/** Cases of the findings about what vouches for the certificate. */
export const PATH_CASES: readonly CheckCase[] = [
  {
    id: 'self-signed',
    name: 'fires unless a trust store holds the certificate itself',
    fires: async () => ({ chain: [await makeLeaf({ subject: 'CN=printer' })] }),
    message: 'certificate is signed by its own key: CN=printer vouches for itself',
    silent: async () => {
      const leaf = await makeLeaf({ subject: 'CN=printer' });
      return { chain: [leaf], roots: [leaf] };
    },
  },
  {
    id: 'self-signed',
    name: 'goes by the signature, not by the names',
    fires: async () => ({ chain: [await makeLeaf({ subject: 'CN=same' })] }),
    message: /CN=same/,
    silent: async () => ({
      chain: [await makeLeaf({ subject: 'CN=same', issuer: await makeRoot({ subject: 'CN=same' }) })],
    }),
  },
  {
    id: 'untrusted-root',
    name: 'fires for a private root that is presented, until a store holds it',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, root] };
    },
    message: 'the path ends in the root CN=Corp Root, which no trust store holds (asked corp)',
    silent: async () => trusted(await makePki()),
  },
  {
    id: 'untrusted-root',
    name: 'leaves a self-signed certificate to that finding',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate], known: [root] };
    },
    message: /CN=Corp Root/,
    silent: async () => ({ chain: [await makeLeaf()] }),
  },
  {
    id: 'missing-intermediate',
    name: 'fires when the certificate says where its issuer is to be had',
    fires: async () => {
      const { leaf, root } = await withIssuerUrl();
      return { chain: [leaf], roots: [root] };
    },
    message:
      'the chain lacks CN=Corp Issuing CA, the issuer of CN=a.example; it is to be had at http://ca.example/issuing.cer',
    silent: async () => trusted(await withIssuerUrl()),
  },
  {
    id: 'missing-intermediate',
    name: 'fires when the issuer is known from elsewhere',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf], roots: [root], known: [intermediate] };
    },
    message:
      /^the chain lacks CN=Corp Issuing CA, .*; it is known from elsewhere, with SHA-256 fingerprint [\da-f]{64}$/,
    silent: async () => {
      const { leaf, root } = await makePki();
      return { chain: [leaf], roots: [root] };
    },
  },
  {
    id: 'unknown-issuer',
    name: 'fires when nothing tells where the issuer is',
    fires: async () => {
      const { leaf, root } = await makePki();
      return { chain: [leaf], roots: [root] };
    },
    message: 'CN=a.example was issued by CN=Corp Issuing CA, which is neither presented nor in a trust store',
    silent: async () => {
      const { leaf, root } = await withIssuerUrl();
      return { chain: [leaf], roots: [root] };
    },
  },
  {
    id: 'unknown-issuer',
    name: 'names the intermediate whose issuer is unknown',
    fires: async () => {
      const { leaf, intermediate } = await makePki();
      return { chain: [leaf, intermediate] };
    },
    message: 'CN=Corp Issuing CA was issued by CN=Corp Root, which is neither presented nor in a trust store',
    silent: async () => ({ chain: [await makeLeaf()] }),
  },
  {
    id: 'invalid-path',
    name: 'fires when a certificate that is no CA has issued another',
    fires: async () => trusted(await broken()),
    message: /^no path is valid: CN=Corp Issuing CA: /,
    silent: async () => trusted(await makePki()),
  },
  {
    id: 'invalid-path',
    name: 'leaves an expired certificate to that finding',
    fires: async () => trusted(await broken()),
    message: /CN=Corp Issuing CA/,
    silent: async () =>
      trusted(
        await makePki({
          intermediate: {
            ca: true,
            subject: 'CN=Corp Issuing CA',
            notAfter: new Date('2026-06-01T00:00:00Z'),
          },
        }),
      ),
  },
  {
    id: 'expired-chain-certificate',
    name: 'names the certificate that breaks the path',
    fires: async () =>
      trusted(await makePki({ intermediate: { notAfter: new Date('2026-06-01T00:00:00Z') } })),
    message: "the chain's CN=Corp Issuing CA expired on 2026-06-01 00:00:00 UTC, 174 days ago",
    silent: async () =>
      trusted(await makePki({ intermediate: { notAfter: new Date('2026-06-01T00:00:00Z') } }), {
        now: '2026-06-01T00:00:00Z',
      }),
  },
  {
    id: 'expired-chain-certificate',
    name: 'is milder where a path exists without it',
    fires: async () => {
      const pki = await makePki();
      const oldRoot = await makeRoot({ subject: 'CN=Old Root' });
      const crossSigned = await makeRoot({
        issuer: oldRoot,
        key: pki.root,
        notAfter: new Date('2026-06-01T00:00:00Z'),
      });
      return { chain: [pki.leaf, pki.intermediate, crossSigned], roots: [pki.root] };
    },
    message:
      "the chain's CN=Corp Root expired on 2026-06-01 00:00:00 UTC, 174 days ago; a valid path exists without it",
    severity: 'medium',
    silent: async () => {
      const pki = await makePki();
      const oldRoot = await makeRoot({ subject: 'CN=Old Root' });
      const crossSigned = await makeRoot({ issuer: oldRoot, key: pki.root });
      return { chain: [pki.leaf, pki.intermediate, crossSigned], roots: [pki.root] };
    },
  },
  {
    id: 'distrusted-ca',
    name: 'fires for an anchor that is distrusted',
    fires: async () =>
      trusted(await makePki(), { distrust: () => 'browsers distrust what it issued after 2026-01-01' }),
    message: /^the path ends at CN=Corp Root, which is distrusted: .*2026-01-01/,
    silent: async () => trusted(await makePki(), { distrust: () => null }),
  },
];
