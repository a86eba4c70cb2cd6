import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LISTINGS } from '../../src/query/field.js';
import { formatQuery } from '../../src/query/format-query.js';
import { MAX_QUERY_LENGTH, parseQuery } from '../../src/query/parse-query.js';
import { arbitraryQuery } from './arbitrary-query.js';

describe('formatQuery', () => {
  it.each(LISTINGS)('writes what reads the same: %s', (listing) => {
    fc.assert(
      fc.property(arbitraryQuery(listing), (query) => {
        const text = formatQuery(query);
        fc.pre(text.length <= MAX_QUERY_LENGTH);
        expect(parseQuery(text, { listing })).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  it('writes queries as people do', () => {
    const query = 'expires<30d and(issuer ~ "Digi Cert" or not tag:lab) and port not in (25,465)';
    expect(formatQuery(parseQuery(query))).toBe(
      'expires < +30d and (issuer ~ "Digi Cert" or not tags = lab) and port not in (25, 465)',
    );
  });
});

describe('parseQuery of whatever there is', () => {
  it('understands it or throws an error of usage', () => {
    const pieces = fc.constantFrom(
      ...'()"\',\\*=!<>~: '.split(''),
      'and',
      'or',
      'not',
      'in',
      'has',
      'cn',
      'port',
      'expires',
      '7d',
      'ago',
      '1',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        try {
          expect(parseQuery(formatQuery(parseQuery(all.join(''))))).toBeDefined();
        } catch (error) {
          expect(error).toMatchObject({ name: 'UsageError' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['(', '"', '\\', '*', ',', ' ', '~', 'a', '((port=1)', 'cn=* ', 'port in (1,'])(
    'takes no longer than the text is long: %j over and over',
    (piece) => {
      const text = piece.repeat(MAX_QUERY_LENGTH / piece.length);
      const start = performance.now();
      expect(() => parseQuery(text)).toThrow();
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
