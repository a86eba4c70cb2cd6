import { makeLeaf, makePki, makeRoot } from '../judge-setup.js';
import type { CheckCase } from './check-case.js';

/** Cases of the findings about the presented chain. */
export const CHAIN_CASES: readonly CheckCase[] = [
  {
    id: 'unordered-chain',
    name: 'fires when the issuers come in another order',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, root, intermediate], roots: [root] };
    },
    message: 'CN=Corp Root is sent at place 2, before CN=Corp Issuing CA at place 3, which it issued',
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, root], roots: [root] };
    },
  },
  {
    id: 'unordered-chain',
    name: 'fires when the CA comes before the certificate that it issued',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [intermediate, leaf], roots: [root] };
    },
    message:
      'the chain begins with the CA certificate CN=Corp Issuing CA; the certificate that it issued, CN=a.example, comes at place 2',
    severity: 'medium',
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate], roots: [root] };
    },
  },
  {
    id: 'duplicate-chain-certificate',
    name: 'fires once for a certificate that is sent twice',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, leaf, intermediate], roots: [root] };
    },
    message: 'CN=a.example is sent 2 times, at places 1 and 2',
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate], roots: [root] };
    },
  },
  {
    id: 'extra-chain-certificate',
    name: 'fires for a stranger, and not for a cross-signed twin',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, await makeLeaf({ subject: 'CN=stranger' })], roots: [root] };
    },
    message: 'CN=stranger is sent, but issued nothing on the way from CN=a.example to a root',
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      const crossSigned = await makeRoot({ issuer: await makeRoot({ subject: 'CN=Old Root' }), key: root });
      return { chain: [leaf, intermediate, crossSigned], roots: [root] };
    },
  },
  {
    id: 'extra-chain-certificate',
    name: 'fires for an issuer with the right name and an old key',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      const old = await makePki();
      return { chain: [leaf, intermediate, old.intermediate], roots: [root] };
    },
    message: /^CN=Corp Issuing CA is sent, but issued nothing/,
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, root], roots: [root] };
    },
  },
  {
    id: 'extra-chain-certificate',
    name: 'fires for what cannot be read as a certificate',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, { der: Uint8Array.of(1, 2, 3) }], roots: [root] };
    },
    message: /^what is sent at place 3 of the chain cannot be read as a certificate: /,
    silent: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate], roots: [root] };
    },
  },
  {
    id: 'root-in-chain',
    name: 'fires for a root that is sent, and not for a self-signed certificate of the server',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, root], roots: [root] };
    },
    message: 'the chain holds the root CN=Corp Root',
    silent: async () => ({ chain: [await makeLeaf()] }),
  },
  {
    id: 'root-in-chain',
    name: 'does not mind the certificate of a CA for its new key',
    fires: async () => {
      const { leaf, intermediate, root } = await makePki();
      return { chain: [leaf, intermediate, root], roots: [root] };
    },
    message: 'the chain holds the root CN=Corp Root',
    silent: async () => {
      const root = await makeRoot();
      const renewed = await makeRoot();
      const link = await makeRoot({ key: renewed, issuer: root });
      return { chain: [await makeLeaf({ issuer: renewed }), link], roots: [root] };
    },
  },
];
