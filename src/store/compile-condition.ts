import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { FIELDS } from '../query/fields.js';
import type { Matching, Query, Subnet, Test, TextPattern, TimeValue } from '../query/query.js';
import { boundsOf } from '../query/time-value.js';
import type {
  AddressColumn,
  FieldColumn,
  FieldColumns,
  KeyedListColumn,
  ListColumn,
  SharedValues,
  SplitColumn,
} from './field-column.js';

// Why every test ends in `is true`: a comparison with NULL is neither true nor false in SQL, and its negation neither.
// Here what is unknown compares as false, so that `not` means the rest, and each record meets a query or its negation.

type Condition = RawBuilder<SqlBool>;
type Sql = RawBuilder<unknown>;
type SingleColumn = Extract<FieldColumn, { type: 'value' }>;

const IPV4_BYTES = 4;

/** Writes a query as a condition of SQL that is true or false, never NULL. Every value is a parameter. */
export function compileCondition({ query, now }: Matching, columns: FieldColumns): Condition {
  return compile(query);

  function compile(part: Query): Condition {
    if (part.kind === 'and' || part.kind === 'or') return joinAll(part.of.map(compile), part.kind);
    if (part.kind === 'not') return sql`(not ${compile(part.of)})`;
    const column = columns[part.field];
    if (!column) throw new Error(`nothing is known of the field ${part.field} here`);
    return answer(part, column);
  }

  function answer(part: Exclude<Query, { kind: 'and' | 'or' | 'not' }>, column: FieldColumn): Condition {
    if (column.type === 'split')
      return sql`(case when ${column.when} then exists (select 1 from ${column.from} where ${answer(part, column.then)})
        else ${answer(part, column.otherwise)} end)`;
    if (part.kind === 'has') return compilePresence(column);
    if (column.type === 'list' || column.type === 'keyed-list') return compileListTest(part, column, now);
    if (column.type === 'keyed')
      return isAmong(
        column,
        sql`((${compileTest(part, { type: 'value', value: column.value }, now)}) is true)`,
      );
    return sql`((${compileTest(part, column, now)}) is true)`;
  }
}

function compilePresence(column: Exclude<FieldColumn, SplitColumn>): Condition {
  if (column.type === 'list' || column.type === 'keyed-list') return existsEntry(column, sql`1 = 1`);
  if (column.type === 'keyed') return isAmong(column, sql`(${column.value} is not null)`);
  return sql`(${column.value} is not null)`;
}

/** Of a list one entry will do; with a negated operator none may. */
function compileListTest(test: Test, column: ListColumn | KeyedListColumn, now: Date): Condition {
  const [operator, isNegated] = affirm(test.operator);
  const positive = { ...test, operator } as Test;
  const forms = column.forms.map(
    (value): Condition => sql`(${compileTest(positive, { type: 'value', value }, now)})`,
  );
  const found = existsEntry(column, joinAll(forms, 'or'));
  return isNegated ? sql`(not ${found})` : found;
}

function affirm(operator: Test['operator']): readonly [Test['operator'], boolean] {
  if (operator === '!=') return ['=', true];
  return operator === '!~' ? ['~', true] : [operator, false];
}

function existsEntry(column: ListColumn | KeyedListColumn, condition: Condition): Condition {
  if (column.type === 'keyed-list')
    return joinAll(
      column.parts.map((part) => isAmong(part, condition)),
      'or',
    );
  return sql`(exists (select 1 from ${column.from} where ${condition}))`;
}

/** Whether what the key of a row stands for meets a condition. */
function isAmong({ from, fromKey, key }: SharedValues, condition: Condition): Condition {
  return sql`((${key} in (select ${fromKey} from ${from} where ${condition})) is true)`;
}

/** A test of one value; NULL where it is unknown. */
function compileTest(test: Test, column: AddressColumn | SingleColumn, now: Date): Sql {
  const { value } = column;
  switch (test.kind) {
    case 'text': {
      const text = column.type === 'address' ? column.text : value;
      const contains = test.operator === '~' || test.operator === '!~';
      return negateIf(test.operator.startsWith('!'), matchesText(text, test.values, contains));
    }
    case 'number':
      return joinComparisons(test.operator, test.values, (each) =>
        compare(value, test.operator, each, each + 1),
      );
    case 'time':
      return joinComparisons(test.operator, test.values, (each: TimeValue) => {
        const { from, until } = boundsOf(each, now);
        return compare(value, test.operator, from, until);
      });
    case 'choice':
      return compareChoice(value, test);
    case 'address':
      return negateIf(
        test.operator === '!=',
        joinAll(
          test.values.map((each) => isWithin(value, each)),
          'or',
        ),
      );
  }
}

function negateIf(isNegated: boolean, condition: Condition): Condition {
  return isNegated ? sql`(not ${condition})` : condition;
}

function matchesText(text: Sql, patterns: readonly TextPattern[], contains: boolean): Condition {
  const folded = patterns.map((pattern) => pattern.map(foldCase));
  const parts: Condition[] = [];
  const whole = folded.filter(({ length }) => length === 1).map(([only = '']) => only);
  if (contains) parts.push(...whole.map((piece): Condition => sql`(instr(lower(${text}), ${piece}) > 0)`));
  else if (whole.length > 0) parts.push(sql`(lower(${text}) in (${sql.join(whole)}))`);
  for (const pattern of folded.filter(({ length }) => length > 1)) {
    const pieces = JSON.stringify(contains ? ['', ...pattern, ''] : pattern);
    parts.push(sql`(matches_pieces(lower(${text}), ${pieces}) = 1)`);
  }
  return joinAll(parts, 'or');
}

/** Letters A to Z alone, as `lower` of SQLite does. */
function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function joinComparisons<Value>(
  operator: Test['operator'],
  values: readonly Value[],
  compareOne: (value: Value) => Condition,
): Condition {
  return joinAll(values.map(compareOne), operator === '!=' ? 'and' : 'or');
}

/** Compares with all that lies from one whole number up to another, which is no more part of it. */
function compare(value: Sql, operator: Test['operator'], from: number, until: number): Condition {
  switch (operator) {
    case '<':
      return sql`(${value} < ${from})`;
    case '<=':
      return sql`(${value} < ${until})`;
    case '>':
      return sql`(${value} >= ${until})`;
    case '>=':
      return sql`(${value} >= ${from})`;
    case '!=':
      return sql`(${value} < ${from} or ${value} >= ${until})`;
    default:
      return sql`(${value} >= ${from} and ${value} < ${until})`;
  }
}

/** Those of the choices that are asked for, listed; so the order need not be known to the database. */
function compareChoice(
  value: Sql,
  { field, operator, values }: Extract<Test, { kind: 'choice' }>,
): Condition {
  const choices = FIELDS.find(({ id }) => id === field)?.choices ?? [];
  const places = values.map((each) => choices.indexOf(each));
  const isMeant = (place: number): boolean =>
    places.some((asked) => {
      if (operator === '<') return place < asked;
      if (operator === '<=') return place <= asked;
      if (operator === '>') return place > asked;
      if (operator === '>=') return place >= asked;
      return place === asked;
    });
  const meant = choices.filter((_, place) => isMeant(place));
  if (operator === '!=') return sql`(${value} not in (${sql.join(meant)}))`;
  return meant.length === 0 ? sql`(0 = 1)` : sql`(${value} in (${sql.join(meant)}))`;
}

/** Addresses of the other family are of another length, and no neighbours; a zone stands behind the 16 bytes. */
function isWithin(value: Sql, { first, last }: Subnet): Condition {
  const [low, high] = [Buffer.from(first), Buffer.from(last)];
  if (first.length === IPV4_BYTES)
    return sql`(length(${value}) = ${IPV4_BYTES} and ${value} between ${low} and ${high})`;
  return sql`(length(${value}) > ${IPV4_BYTES} and substr(${value}, 1, ${first.length}) between ${low} and ${high})`;
}

/** Joins conditions in pairs of pairs: a long chain would be deeper than SQLite allows (1,000 levels). */
function joinAll(parts: readonly Condition[], operator: 'and' | 'or'): Condition {
  const [first, ...rest] = parts;
  if (!first) return operator === 'and' ? sql`(1 = 1)` : sql`(0 = 1)`;
  if (rest.length === 0) return first;
  const middle = parts.length >> 1;
  return sql`(${joinAll(parts.slice(0, middle), operator)} ${sql.raw(operator)} ${joinAll(parts.slice(middle), operator)})`;
}
