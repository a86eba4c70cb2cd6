import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/model/change.js';
import { diffViews } from '../../../src/scan/diff/diff-views.js';
import { openInventory } from '../../../src/store/inventory.js';
import { openViews } from '../../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../../src/store/save-observations.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRefused,
  NO_CERTIFICATE,
} from '../../store/sample-observation.js';
import { CHANGE_CASES } from './change-cases.js';
import {
  diff,
  diffInventories,
  diffMoments,
  file,
  HERE,
  inRun,
  makeFailed,
  makeLeaf,
  NOW,
  type Observe,
  RUNS,
  readAll,
  SAME_NAMES,
  tell,
  timeOf,
  withFindings,
  write,
} from './compare-runs.js';

describe('diffViews', () => {
  it.each(CHANGE_CASES)('tells %s', async (_, before, after, expected) => {
    const observe: Observe = (nth) => [nth === 0 ? before : after];
    expect(tell((await diff(observe)).changes)).toEqual(expected);
    expect(tell((await diffMoments(observe)).changes)).toEqual(expected);
    expect(tell((await diffInventories(observe)).changes)).toEqual(expected);
  });

  it('says whether the endpoint, time or the judging changed', async () => {
    const sha1 = { ...EXPIRING, id: 'sha1-signature' };
    const causes = async (before: JudgedObservation, after: JudgedObservation) =>
      (await diff((nth) => [nth === 0 ? before : after])).changes.map(
        ({ cause, kind }) => `${kind} ${cause}`,
      );
    expect(await causes(makeLeaf('one'), withFindings(makeLeaf('one'), [sha1], 'T'))).toEqual([
      'finding-appeared judging',
      'regraded judging',
    ]);
  });

  it('tells of time', async () => {
    const { changes } = await diff((nth) =>
      nth === 0 ? [makeLeaf('one')] : [withFindings(makeLeaf('one'), [EXPIRING], 'T')],
    );
    expect(changes.map(({ cause }) => cause)).toEqual(['time', 'time']);
  });

  it('tells of the endpoint where it negotiates something else', async () => {
    const { changes } = await diff((nth) => {
      const judged = makeLeaf('one');
      if (nth === 0) return [judged];
      const { handshake } = judged.observation;
      const weak = { ...judged.observation, handshake: handshake && { ...handshake, version: 'TLSv1' } };
      return [withFindings({ ...judged, observation: weak }, [{ ...EXPIRING, id: 'tls10' }], 'B')];
    });
    expect(changes.map(({ cause, kind }) => `${kind} ${cause}`)).toEqual([
      'finding-appeared endpoint',
      'regraded endpoint',
    ]);
  });

  it('tells what was away and is back, and what is another one after an absence', async () => {
    const observe =
      (last: string): Observe =>
      (nth) => [nth === 0 ? makeLeaf('one') : nth === 1 ? makeRefused(HERE) : makeLeaf(last)];
    expect(tell((await diff(observe('one'), 2)).changes)).toEqual([
      'back 10.0.0.1:443: no certificate before: refused: connection refused; the same certificate as on 2026-11-22',
    ]);
    expect(tell((await diffMoments(observe('one'), 2)).changes)).toHaveLength(1);
  });

  it('tells what is another one after an absence', async () => {
    const { changes } = await diff(
      (nth) => [nth === 0 ? makeLeaf('one') : nth === 1 ? makeRefused(HERE) : makeLeaf('two')],
      2,
    );
    expect(tell(changes)).toEqual([
      'new 10.0.0.1:443: no certificate before: refused: connection refused; on 2026-11-22 it had another one',
    ]);
  });

  it('says nothing of what the second side did not ask, and counts it', async () => {
    const other = makeEndpoint({ address: '10.0.0.2' });
    const result = await diff((nth) =>
      nth === 0 ? [makeLeaf('one'), makeLeaf('two', {}, other)] : [makeLeaf('two', {}, other)],
    );
    expect(result).toEqual({ changes: [], totals: { compared: 1, notAsked: 1 } });
  });

  it('takes neither what was called off nor a fault of ours for an answer', async () => {
    const cancelled = makeFailed('cancelled');
    const result = await diff((nth) => [nth === 0 ? makeLeaf('one') : cancelled]);
    expect(result).toEqual({ changes: [], totals: { compared: 0, notAsked: 1 } });
  });

  it('knows an endpoint that the first side did not ask from runs before', async () => {
    const { changes } = await diff((nth) => (nth === 1 ? [] : [makeLeaf('one')]), 2);
    expect(tell(changes)).toEqual([
      'new 10.0.0.1:443: the endpoint was not known before; the same certificate as on 2026-11-22',
    ]);
  });

  it('looks at the latest observation of an endpoint in a run', async () => {
    const path = file('inventory.db');
    await write(path, () => [makeLeaf('one')]);
    const inventory = openInventory(path);
    const later = inRun(1, makeLeaf('two', SAME_NAMES));
    await inventory.saveBatch([
      { ...later, observation: { ...later.observation, observedAt: timeOf(1, 5) } },
    ]);
    await inventory.close();
    const views = openViews(path, { now: NOW });
    const { changes } = await readAll(
      diffViews(views.view({ run: RUNS[0] ?? '' }), views.view({ run: RUNS[1] ?? '' })),
    );
    views.close();
    expect(changes.map(({ kind }) => kind)).toEqual(['changed']);
  });

  describe('with protocols that the plan leaves open', () => {
    const MAIL = makeEndpoint({ address: '10.0.0.1', port: 25 });
    const SMTP = { ...MAIL, protocol: 'smtp' };

    function detected(judged: JudgedObservation): JudgedObservation {
      return { ...judged, observation: { ...judged.observation, plannedProtocol: 'tls' } };
    }

    const found = detected(makeLeaf('one', {}, SMTP));
    const spoken = detected(makeFailed('starttls-refused', 'starttls', SMTP));
    const talking = {
      ...makeFailed('not-tls', 'handshake', MAIL),
    };

    it.each([
      ['found, as one endpoint', makeLeaf('one', {}, MAIL), found, []],
      ['found where nobody answered', makeFailed('connect-timeout', 'connect', MAIL), found, ['new']],
      [
        'no longer answered, which is packed',
        found,
        makeFailed('connect-timeout', 'connect', MAIL),
        ['unreachable'],
      ],
      ['refused, which is packed', found, makeRefused(MAIL), ['gone']],
      ['refused inside', found, spoken, ['gone']],
      ['found to be none', found, talking, ['gone']],
      ['asked for by name, as before', found, makeLeaf('one', {}, SMTP), []],
      [
        'asked for by name, and nobody there',
        found,
        makeFailed('connect-timeout', 'connect', SMTP),
        ['unreachable'],
      ],
    ])('tells what is %s', async (_, before, after, expected) => {
      const observe: Observe = (nth) => [nth === 0 ? before : after];
      const kinds = (changes: readonly Change[]) => changes.map(({ kind }) => kind);
      expect(kinds((await diff(observe)).changes)).toEqual(expected);
      expect(kinds((await diffMoments(observe)).changes)).toEqual(expected);
      expect(kinds((await diffInventories(observe)).changes)).toEqual(expected);
    });

    it('does not take another question for an answer', async () => {
      const plain = makeFailed('not-tls', 'handshake', MAIL);
      const { changes, totals } = await diff((nth) => [nth === 0 ? makeLeaf('one', {}, SMTP) : plain]);
      expect(changes).toEqual([]);
      expect(totals.notAsked).toBe(1);
    });

    it('follows the endpoint through several moments', async () => {
      const sequence = [
        makeFailed('not-tls', 'handshake', MAIL),
        found,
        makeFailed('not-tls', 'handshake', MAIL),
      ];
      const { changes } = await diffMoments((nth) => sequence.slice(nth, nth + 1), 2);
      expect(changes.map(({ kind }) => kind)).toEqual(['gone']);
    });
  });

  it('tells of a name that does not resolve any more', async () => {
    const named = makeEndpoint({ address: '10.0.0.1', host: 'shop.example', serverName: 'shop.example' });
    const lost = makeFailed('unresolved', 'resolve', { ...named, address: null });
    const { changes, totals } = await diff((nth) => [nth === 0 ? makeLeaf('one', {}, named) : lost]);
    expect(tell(changes)).toEqual(['unreachable shop.example@10.0.0.1:443: unresolved: it was unresolved']);
    expect(totals.notAsked).toBe(0);
  });

  it('keeps what matches now or, where the certificate is gone, before', async () => {
    const places = [1, 2, 3].map((last) => makeEndpoint({ address: `10.0.0.${last}` }));
    const [first = HERE, second = HERE, third = HERE] = places;
    const observe: Observe = (nth) =>
      nth === 0
        ? [makeLeaf('one', {}, first), makeLeaf('two', SAME_NAMES, second)]
        : [makeRefused(first), makeLeaf('new', SAME_NAMES, second), makeLeaf('three', {}, third)];
    const ask = async (where: string) => (await diff(observe, 1, where)).changes.map(({ kind }) => kind);
    expect(await ask('cn = one.example')).toEqual(['gone']);
    expect(await ask('cn = new.example')).toEqual(['renewed']);
    expect(await ask('cn = two.example')).toEqual([]);
    expect(await ask('address = 10.0.0.3 or address = 10.0.0.1')).toEqual(['gone', 'new']);
  });

  it('orders changes by place, and is the same as its mirror image', async () => {
    const names = ['10.0.0.9', '9.0.0.1', '10.0.0.10'].map((address) => makeEndpoint({ address }));
    const { changes } = await diff((nth) =>
      nth === 0 ? names.map((name) => makeRefused(name)) : names.map((name) => makeLeaf('one', {}, name)),
    );
    expect(changes.map(({ endpoint }) => endpoint.address)).toEqual(['9.0.0.1', '10.0.0.9', '10.0.0.10']);
  });

  it('has both sides in what it tells', async () => {
    const { changes } = await diff((nth) => [
      nth === 0
        ? withFindings(makeLeaf('one'), [EXPIRING])
        : { ...makeRefused(HERE), judgement: NO_CERTIFICATE },
    ]);
    expect(changes[0]).toMatchObject({
      kind: 'gone',
      before: { run: RUNS[0], leaf: fingerprint(makeDer('one')), grade: 'A', findings: ['expiring'] },
      after: {
        run: RUNS[1],
        leaf: null,
        certificate: null,
        outcome: 'refused',
        failure: 'connection refused',
      },
      keyKept: null,
      finding: null,
    });
  });

  it('tells the same of two runs, whether they are in one inventory or in two', async () => {
    const MAIL = makeEndpoint({ address: '10.0.0.1', port: 25 });
    const SMTP = { ...MAIL, protocol: 'smtp' };
    const asMail = (judged: JudgedObservation): JudgedObservation => ({
      ...judged,
      observation: { ...judged.observation, plannedProtocol: 'tls' },
    });
    const sightings: readonly ((address: string) => JudgedObservation | null)[] = [
      () => null,
      (address) => makeLeaf('one', SAME_NAMES, { ...MAIL, host: address, address }),
      (address) => makeLeaf('two', SAME_NAMES, { ...MAIL, host: address, address }),
      (address) => asMail(makeLeaf('three', {}, { ...SMTP, host: address, address })),
      (address) => withFindings(makeLeaf('three', {}, { ...SMTP, host: address, address }), [EXPIRING], 'B'),
      (address) => asMail(makeFailed('starttls-refused', 'starttls', { ...SMTP, host: address, address })),
      (address) => makeRefused({ ...MAIL, host: address, address }),
      (address) => makeFailed('connect-timeout', 'connect', { ...SMTP, host: address, address }),
      (address) => makeFailed('not-tls', 'handshake', { ...MAIL, host: address, address }),
    ];
    const side = fc.array(fc.nat(sightings.length - 1), { minLength: 12, maxLength: 12 });
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(side, side, async (before, after) => {
        nth += 1;
        const observe: Observe = (run) =>
          (run === 0 ? before : after).flatMap((which, i) => sightings[which]?.(`10.0.0.${i + 1}`) ?? []);
        const [one, first, second] = ['one', 'first', 'second'].map((name) => file(`${name}-${nth}.db`));
        if (!one || !first || !second) throw new Error('there are three');
        await write(one, observe, [0, 1]);
        await write(first, observe, [0]);
        await write(second, (run) => [...observe(run)].reverse(), [1]);
        const sources = [one, first, second].map((path) => openViews(path, { now: NOW }));
        const [whole, old, current] = sources;
        if (!whole || !old || !current) throw new Error('there are three');
        const [run, later] = RUNS.map((each) => ({ run: each }));
        if (!run || !later) throw new Error('there are three runs');
        const ofOne = await readAll(diffViews(whole.view(run), whole.view(later)));
        const ofTwo = await readAll(diffViews(old.view(run), current.view(later)));
        for (const source of sources) source.close();
        expect(tell(ofTwo.changes)).toEqual(tell(ofOne.changes));
        expect(ofTwo.totals.notAsked).toBe(ofOne.totals.notAsked);
      }),
      { numRuns: 25 },
    );
  });
});
