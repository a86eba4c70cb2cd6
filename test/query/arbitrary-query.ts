import fc from 'fast-check';
import { type Field, type Listing, operatorsOf } from '../../src/query/field.js';
import { fieldsOf } from '../../src/query/find-field.js';
import type { Query, Test, TextPattern, TimeValue } from '../../src/query/query.js';
import { parseSubnet } from '../../src/query/subnet.js';
import { parseTimeValue } from '../../src/query/time-value.js';

/** Values worth asking for, by field; others are made up. */
export type Samples = (field: Field) => readonly (string | number)[];

/** Letters that mean something to the language, to SQL, to JSON or to terminals. */
export const HOSTILE_TEXTS = [
  '',
  ' ',
  '*',
  '%',
  '_',
  'a%_b',
  "O'Reilly",
  '"quoted"',
  "'; drop table endpoint; --",
  '\\',
  'back\\slash',
  'bank.example\u0000.evil.example',
  '\u0000',
  'Ärger',
  'ärger',
  '日本語',
  '😀',
  '\u202egnp.exe',
  'line\nbreak',
  '(and)',
  '~x',
  'a:b',
  'DNS:x',
  ',',
  'null',
];

/** Queries as trees, of every field that a listing has. */
export function arbitraryQuery(listing: Listing, samples: Samples = () => []): fc.Arbitrary<Query> {
  const leaf = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...fieldsOf(listing)).chain((field) => arbitraryTest(field, samples(field))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...fieldsOf(listing)).map(({ id }): Query => ({ kind: 'has', field: id })),
    },
  );
  return fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      tie('query').map((of): Query => ({ kind: 'not', of })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('query'), { minLength: 2, maxLength: 4 }),
        )
        .map(([kind, of]): Query => ({ kind, of })),
    ),
  })).query;
}

/** Tests of one field. */
export function arbitraryTest(field: Field, samples: readonly (string | number)[] = []): fc.Arbitrary<Test> {
  return fc.constantFrom(...operatorsOf(field)).chain((operator): fc.Arbitrary<Test> => {
    const { id } = field;
    const most = operator === '=' || operator === '!=' ? 3 : 1;
    if (field.type === 'text' || field.type === 'hex' || operator === '~' || operator === '!~')
      return someOf(field.type === 'hex' ? hexPattern(samples) : textPattern(samples), most).map(
        (values) => ({
          kind: 'text',
          field: id,
          operator: operator as '=' | '~',
          values,
        }),
      );
    if (field.type === 'address')
      return someOf(subnetText(samples), most).map((texts) => ({
        kind: 'address',
        field: id,
        operator: operator as '=',
        values: texts.map((text) => parseSubnet(text)).filter((subnet) => subnet !== null),
      }));
    const comparison = operator as '=' | '<';
    if (field.type === 'number')
      return someOf(numberNear(samples), most).map((values) => ({
        kind: 'number',
        field: id,
        operator: comparison,
        values,
      }));
    if (field.type === 'time')
      return someOf(timeNear(samples), most).map((values) => ({
        kind: 'time',
        field: id,
        operator: comparison,
        values,
      }));
    return someOf(fc.constantFrom(...(field.choices ?? [])), most).map((values) => ({
      kind: 'choice',
      field: id,
      operator: comparison,
      values,
    }));
  });
}

function someOf<Value>(value: fc.Arbitrary<Value>, most: number): fc.Arbitrary<Value[]> {
  return fc.array(value, { minLength: 1, maxLength: most });
}

/** A known text, another one, or a piece of either, in another case at times. */
function text(samples: readonly (string | number)[]): fc.Arbitrary<string> {
  const whole = fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS, ...samples.map(String)),
    ...(samples.length > 0 ? [fc.constantFrom(...samples.map(String))] : []),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const recased = fc
    .tuple(whole, fc.boolean())
    .map(([value, upper]) => (upper ? value.toUpperCase() : value));
  const piece = fc
    .tuple(recased, fc.nat(12), fc.nat(12))
    .map(([value, from, length]) => [...value].slice(from, from + length).join(''));
  return fc.oneof(recased, piece);
}

function textPattern(samples: readonly (string | number)[]): fc.Arbitrary<TextPattern> {
  const cut = fc
    .tuple(text(samples), fc.array(fc.tuple(fc.nat(20), fc.nat(6)), { minLength: 1, maxLength: 3 }))
    .map(([value, cuts]) => {
      const characters = [...value];
      const parts: string[] = [];
      let at = 0;
      for (const [keep, skip] of cuts) {
        parts.push(characters.slice(at, at + keep).join(''));
        at += keep + skip;
      }
      return [...parts, characters.slice(at).join('')];
    });
  return fc.oneof(
    text(samples).map((value) => [value]),
    cut,
  );
}

function hexPattern(samples: readonly (string | number)[]): fc.Arbitrary<TextPattern> {
  return textPattern([...samples, 'ab12', '00']).map((parts) =>
    parts.map((part) => part.toLowerCase().replace(/[^0-9a-f]/g, '')),
  );
}

function subnetText(samples: readonly (string | number)[]): fc.Arbitrary<string> {
  const address = fc.oneof(
    fc.constantFrom('10.0.0.9', '::1', '0.0.0.0', '2001:db8::', '::ffff:10.0.0.9', ...samples.map(String)),
    fc.ipV4(),
    fc.ipV6(),
  );
  return fc
    .tuple(address, fc.option(fc.nat(128)))
    .map(
      ([value, length]) =>
        `${value}${length === null ? '' : `/${value.includes(':') ? length : length % 33}`}`,
    )
    .filter((value) => parseSubnet(value) !== null);
}

function numberNear(samples: readonly (string | number)[]): fc.Arbitrary<number> {
  const known = samples.filter((sample) => typeof sample === 'number');
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(0, 443, ...known), fc.integer({ min: -1, max: 1 }))
      .map(([value, off]) => value + off + 0),
    fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
  );
}

function timeNear(samples: readonly (string | number)[]): fc.Arbitrary<TimeValue> {
  const written = fc
    .tuple(
      fc.constantFrom('2026-11-22T10:00:00.000Z', ...samples.map(String)),
      fc.constantFrom(4, 7, 10, 16, 19, 24),
    )
    .map(([value, length]) => value.slice(0, length));
  const relative = fc
    .tuple(fc.constantFrom('+', '-'), fc.nat(999), fc.constantFrom('m', 'h', 'd', 'w', 'y'))
    .map((all) => all.join(''));
  return fc.oneof(written, relative, fc.constant('now')).map((value) => {
    const time = parseTimeValue(value);
    if (time === null || 'undirected' in time) throw new Error(`${value} is no time`);
    return time;
  });
}
