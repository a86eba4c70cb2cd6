import { describe, expect, it } from 'vitest';
import { findWaiver, NO_ANNOTATION, resolveAnnotation } from '../../src/model/annotation.js';

const waiver = (until: string, owner: string) => ({ finding: 'expired', owner, reason: 'r', until });

describe('what is said on several levels', () => {
  it('takes owner, notes and use of the most specific that says something, and tags of all', () => {
    const said = resolveAnnotation([
      { ...NO_ANNOTATION, unused: false, tags: ['Lab', 'a'] },
      { ...NO_ANNOTATION, owner: 'Jane', unused: true, tags: ['lab', 'prod'] },
      { ...NO_ANNOTATION, owner: 'Joe', notes: 'old', tags: ['Z'] },
    ]);
    expect(said).toEqual({
      owner: 'Jane',
      notes: 'old',
      unused: false,
      tags: ['a', 'Lab', 'prod', 'Z'],
      waivers: [],
    });
  });

  it('is nothing where nothing is said', () => {
    expect(resolveAnnotation([])).toBe(NO_ANNOTATION);
  });

  it('finds the first waiver that has not ended', () => {
    const waivers = [waiver('2026-11-01T00:00:00.000Z', 'own'), waiver('2026-12-01T00:00:00.000Z', 'rule')];
    expect(findWaiver(waivers, 'expired', Date.parse('2026-10-01'))?.owner).toBe('own');
    expect(findWaiver(waivers, 'expired', Date.parse('2026-11-22'))?.owner).toBe('rule');
    expect(findWaiver(waivers, 'expired', Date.parse('2026-12-02'))).toBeNull();
    expect(findWaiver(waivers, 'expiring', Date.parse('2026-10-01'))).toBeNull();
  });
});
