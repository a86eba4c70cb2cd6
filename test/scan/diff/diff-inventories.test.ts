import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffViews } from '../../../src/scan/diff/diff-views.js';
import { openViews } from '../../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../../src/store/save-observations.js';
import { EXPIRING, makeEndpoint, makeRefused } from '../../store/sample-observation.js';
import {
  file,
  makeFailed,
  makeLeaf,
  NOW,
  type Observe,
  RUNS,
  readAll,
  SAME_NAMES,
  tell,
  withFindings,
  write,
} from './compare-runs.js';

describe('diffViews of what chance brings', () => {
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
