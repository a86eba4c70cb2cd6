import { describe, expect, it } from 'vitest';
import { fillIssuerIndex, type IssuerSource, makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { openInventory } from '../../src/store/inventory.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { observe } from '../grade/judge-setup.js';
import { makeRun, makeTls } from '../store/sample-observation.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const root = await makeCertificate({ subject: 'CN=Root', ca: true });
const issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: issuing });
const INVENTORY: IssuerSource = { kind: 'inventory' };

function parse({ der }: MadeCertificate) {
  return parseCertificate(der);
}

function subjects(index: ReturnType<typeof makeIssuerIndex>, of: MadeCertificate): (string | null)[] {
  return index.bySubject(parse(of).issuer).map(({ facts }) => facts.commonName);
}

describe('an index of issuers', () => {
  it('finds CA certificates by subject', () => {
    const index = makeIssuerIndex();
    for (const { der } of [root, issuing, issuing]) index.add(der, INVENTORY);
    expect(index.size).toBe(2);
    expect(subjects(index, leaf)).toEqual(['Issuing']);
    expect(subjects(index, issuing)).toEqual(['Root']);
  });

  it('takes no certificate that may not issue others, and nothing that is none', () => {
    const index = makeIssuerIndex();
    for (const der of [leaf.der, Buffer.from('garbage'), new Uint8Array(0)]) index.add(der, INVENTORY);
    expect(index.size).toBe(0);
  });

  it('learns from all chains of an endpoint what stands above the leaf', () => {
    const index = makeIssuerIndex();
    index.addPresented({ ...observe([leaf, issuing]), otherChains: [[leaf.der, root.der]] });
    expect(index.size).toBe(2);
    expect(index.sourceOf(parse(issuing))).toBe('sent by 192.0.2.7:443');
  });

  it('tells the same source whatever came first', () => {
    const sources: IssuerSource[] = [
      { kind: 'fetched', from: 'http://b.example/' },
      { kind: 'sent', from: '192.0.2.2:443' },
      INVENTORY,
      { kind: 'sent', from: '192.0.2.1:443' },
    ];
    for (const order of [sources, sources.toReversed()]) {
      const index = makeIssuerIndex();
      for (const source of order) index.add(issuing.der, source);
      expect(index.sourceOf(parse(issuing))).toBe('sent by 192.0.2.1:443');
    }
    const index = makeIssuerIndex();
    index.add(issuing.der, { kind: 'fetched', from: 'http://b.example/' });
    expect(index.sourceOf(parse(issuing))).toBe('fetched from http://b.example/');
    index.add(issuing.der, INVENTORY);
    expect(index.sourceOf(parse(issuing))).toBe('in the inventory');
    expect(index.sourceOf(parse(root))).toBeNull();
  });

  it('keeps within its bounds', async () => {
    const small = makeIssuerIndex(3000);
    const namesakes = makeIssuerIndex();
    for (let count = 0; count < 70; count++) {
      const { der } = await makeCertificate({ subject: 'CN=Default CA', ca: true });
      small.add(der, INVENTORY);
      namesakes.add(der, INVENTORY);
    }
    expect(small.isFull).toBe(true);
    expect(small.size).toBeLessThan(5);
    expect(namesakes.isFull).toBe(false);
    expect(namesakes.size).toBe(64);
  });

  it('is filled with what an inventory saw above leaves, and what was fetched', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    const { judgement, observation } = makeTls();
    const { handshake } = observe([leaf, issuing]);
    await inventory.saveBatch([{ judgement, observation: { ...observation, handshake } }]);
    await inventory.saveCertificates([parse(root)]);
    const index = makeIssuerIndex();
    await fillIssuerIndex(index, inventory);
    await inventory.close();
    expect(index.size).toBe(2);
    expect(index.sourceOf(parse(root))).toBe('in the inventory');
  });
});
