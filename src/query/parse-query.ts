import { nearestWord } from '../model/nearest-word.js';
import { UsageError } from '../model/usage-error.js';
import { type Field, isFlag, type Listing, operatorsOf } from './field.js';
import { fieldsOf, findField, namesOf } from './find-field.js';
import { quote } from './point-at.js';
import type { Operator, Query } from './query.js';
import { readTest } from './read-test.js';
import type { Token } from './token.js';
import { makeTokenCursor, type TokenCursor } from './token-cursor.js';

/** Longer than anyone writes, and short enough that a database takes whatever it says. */
export const MAX_QUERY_LENGTH = 10_000;

/** Parentheses and negations inside each other: nobody reads as many, and every reader of the tree may recurse. */
export const MAX_QUERY_DEPTH = 100;

/** What a query is about. */
export interface QueryContext {
  /** Default: endpoints. */
  readonly listing?: Listing;
  /** Words that the values of a field are known to be among, by the field's id: others are taken for slips. */
  readonly vocabulary?: ReadonlyMap<string, readonly string[]>;
}

/** Reads a query; throws a `UsageError` that points at what cannot be understood. */
export function parseQuery(text: string, context: QueryContext = {}): Query {
  if (text.length > MAX_QUERY_LENGTH)
    throw new UsageError(`query: it has ${text.length} characters, ${MAX_QUERY_LENGTH} are the most`);
  const cursor = makeTokenCursor(text);
  if (cursor.peek().kind === 'end') throw cursor.fault('it is empty: write a condition such as port = 443');
  const query = parseAny(cursor, context, 0);
  const rest = cursor.peek();
  if (rest.kind === 'close') throw cursor.fault('this parenthesis closes none');
  if (rest.kind !== 'end') throw cursor.fault(`"and", "or" or the end belongs here, not ${quote(rest.text)}`);
  return query;
}

function parseAny(cursor: TokenCursor, context: QueryContext, depth: number): Query {
  return parseChain(cursor, 'or', () => parseChain(cursor, 'and', () => parseOne(cursor, context, depth)));
}

function parseChain(cursor: TokenCursor, kind: 'and' | 'or', parsePart: () => Query): Query {
  const first = parsePart();
  const of = [first];
  while (cursor.takeWord(kind)) of.push(parsePart());
  return of.length === 1 ? first : { kind, of };
}

function parseOne(cursor: TokenCursor, context: QueryContext, depth: number): Query {
  const start = cursor.peek();
  const isNegation = cursor.takeWord('not');
  if (!isNegation && start.kind !== 'open') return parseCondition(cursor, context);
  if (depth === MAX_QUERY_DEPTH)
    throw cursor.fault(`conditions are nested more than ${MAX_QUERY_DEPTH} deep`, start);
  if (isNegation) return { kind: 'not', of: parseOne(cursor, context, depth + 1) };
  cursor.take();
  const inner = parseAny(cursor, context, depth + 1);
  const close = cursor.peek();
  if (close.kind === 'end') throw cursor.fault('this parenthesis is never closed', start);
  if (close.kind !== 'close')
    throw cursor.fault(`"and", "or" or a closing parenthesis belongs here, not ${quote(close.text)}`);
  cursor.take();
  return inner;
}

function parseCondition(cursor: TokenCursor, context: QueryContext): Query {
  if (cursor.takeWord('has')) return { kind: 'has', field: takeField(cursor, context, '"has"').id };
  const field = takeField(cursor, context, 'a condition');
  const vocabulary = context.vocabulary?.get(field.id);
  const operatorToken = cursor.peek();
  if (isFlag(field) && isEndOfCondition(operatorToken))
    return { kind: 'choice', field: field.id, operator: '=', values: ['yes'] };
  const isNegated = cursor.takeWord('not');
  if (cursor.takeWord('in')) {
    const values = takeValues(cursor, field);
    const operator = isNegated ? '!=' : '=';
    return readTest(cursor.text, { field, operator, operatorToken, values, vocabulary });
  }
  if (isNegated || operatorToken.kind !== 'operator')
    throw cursor.fault(`${field.id} needs an operator: one of ${operatorsOf(field).join(' ')} : in`);
  cursor.take();
  const operator = operatorToken.text === ':' ? '=' : (operatorToken.text as Operator);
  const values = [takeValue(cursor, field)];
  return readTest(cursor.text, { field, operator, operatorToken, values, vocabulary });
}

/** `and`, `or`, a closing parenthesis or nothing follows. */
function isEndOfCondition({ kind, text }: Token): boolean {
  return kind === 'end' || kind === 'close' || (kind === 'word' && /^(?:and|or)$/i.test(text));
}

function takeField(cursor: TokenCursor, { listing = 'endpoints' }: QueryContext, whose: string): Field {
  const token = cursor.peek();
  if (token.kind === 'end')
    throw cursor.fault('something is missing at the end: a condition such as port = 443');
  if (token.kind !== 'word')
    throw cursor.fault(`${whose} takes the name of a field here, not ${quote(token.text)}`);
  const field = findField(token.text, listing);
  if (!field) throw cursor.fault(describeUnknown(token.text, listing));
  cursor.take();
  return field;
}

function describeUnknown(name: string, listing: Listing): string {
  const fields = fieldsOf(listing);
  const near = nearestWord(name, fields.flatMap(namesOf));
  const message = `there is no field ${quote(name)}`;
  if (near !== null) return `${message}, did you mean ${near}?`;
  return `${message} (known: ${fields.map(({ id }) => id).join(', ')})`;
}

function takeValues(cursor: TokenCursor, field: Field): readonly Token[] {
  const open = cursor.peek();
  if (open.kind !== 'open') return [takeValue(cursor, field)];
  cursor.take();
  const values = [takeValue(cursor, field)];
  while (cursor.peek().kind === 'comma') {
    cursor.take();
    values.push(takeValue(cursor, field));
  }
  const close = cursor.peek();
  if (close.kind === 'end') throw cursor.fault('this parenthesis is never closed', open);
  if (close.kind !== 'close')
    throw cursor.fault(`a comma or a closing parenthesis belongs here, not ${quote(close.text)}`);
  cursor.take();
  return values;
}

/** The next value; of a time, with the word `ago` behind it. */
function takeValue(cursor: TokenCursor, field: Field): Token {
  const value = cursor.peek();
  if (value.kind !== 'value') throw cursor.fault(`a value of ${field.id} is missing here`);
  cursor.take();
  const { end } = cursor.peek();
  if (field.type !== 'time' || !cursor.takeWord('ago')) return value;
  return { ...value, end, text: `${value.text} ago`, parts: [`${value.parts.join('*')} ago`] };
}
