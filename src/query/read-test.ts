import { nearestWord } from '../model/nearest-word.js';
import { type Field, operatorsOf } from './field.js';
import { pointAt, quote } from './point-at.js';
import type { Operator, RelativeTime, Subnet, Test, TextPattern, TimeValue } from './query.js';
import { parseSubnet } from './subnet.js';
import { parseTimeValue } from './time-value.js';
import type { Token } from './token.js';

/** A condition as it was written: what the parser found, in order. */
export interface Condition {
  readonly field: Field;
  readonly operator: Operator;
  /** Where the operator stands. */
  readonly operatorToken: Token;
  readonly values: readonly Token[];
  /** Words that the field's values are known to be among; absent: they may be anything. */
  readonly vocabulary?: readonly string[] | undefined;
}

/** Gives the values of a condition the type that its field has; `text` is the query, for messages. */
export function readTest(text: string, condition: Condition): Test {
  const { field, operator, operatorToken, values } = condition;
  const allowed = operatorsOf(field);
  if (!allowed.includes(operator))
    throw pointAt(text, operatorToken, `${field.id} takes ${allowed.join(' ')} and in, not ${operator}`);
  const id = field.id;
  if (operator === '~' || operator === '!~' || field.type === 'text' || field.type === 'hex')
    return {
      kind: 'text',
      field: id,
      operator: narrow(operator, ['=', '!=', '~', '!~']),
      values: values.map((value) => readPattern(text, condition, value)),
    };
  if (field.type === 'address')
    return {
      kind: 'address',
      field: id,
      operator: narrow(operator, ['=', '!=']),
      values: values.map((value) => readSubnet(text, field, value)),
    };
  const comparison = narrow(operator, ['=', '!=', '<', '<=', '>', '>=']);
  if (field.type === 'number') {
    const numbers = values.map((value) => readNumber(text, field, value));
    return { kind: 'number', field: id, operator: comparison, values: numbers };
  }
  if (field.type === 'time') {
    const times = values.map((value) => readTime(text, field, value));
    return { kind: 'time', field: id, operator: comparison, values: times };
  }
  const chosen = values.map((value) => readChoice(text, field, value));
  return { kind: 'choice', field: id, operator: comparison, values: chosen };
}

function narrow<Some extends Operator>(operator: Operator, known: readonly Some[]): Some {
  const found = known.find((each) => each === operator);
  if (found === undefined) throw new Error(`no field takes ${operator} here`);
  return found;
}

function readPattern(text: string, { field, operator, vocabulary }: Condition, value: Token): TextPattern {
  if (field.type === 'hex') return readHex(text, field, value);
  const [only = ''] = value.parts;
  const isWhole = value.parts.length === 1 && (operator === '=' || operator === '!=');
  if (!isWhole || !vocabulary || vocabulary.some((word) => word.toLowerCase() === only.toLowerCase()))
    return value.parts;
  throw pointAt(text, value, describeUnknown(`${field.id} is never ${quote(only)}`, only, vocabulary));
}

function readHex(text: string, field: Field, value: Token): TextPattern {
  const parts = value.parts.map((part) => part.replace(/[:\s]/g, '').toLowerCase());
  if (parts.every((part) => /^[0-9a-f]*$/.test(part))) return parts;
  throw pointAt(text, value, `${field.id} is written in hexadecimal digits, not ${quote(value.text)}`);
}

function readNumber(text: string, field: Field, value: Token): number {
  const [digits = ''] = value.parts;
  // Fifteen digits are exact in a floating-point number.
  if (value.parts.length === 1 && /^[+-]?\d{1,15}$/.test(digits)) return Number(digits) + 0;
  throw pointAt(text, value, `${field.id} is a whole number such as 443, not ${quote(value.text)}`);
}

function readTime(text: string, field: Field, value: Token): TimeValue {
  const time = value.parts.length === 1 ? parseTimeValue(value.parts[0] ?? '') : null;
  if (time === null)
    throw pointAt(
      text,
      value,
      `${field.id} is a time: write a date (2026-12-01, 2026-12-01T12:00Z), now or a duration (30d, 7d ago), not ${quote(value.text)}`,
    );
  if (!('undirected' in time)) return time;
  if (field.facesFuture) return time.undirected;
  const { amount, unit }: RelativeTime = time.undirected;
  throw pointAt(
    text,
    value,
    `${field.id} lies in the past as a rule: write ${amount}${unit} ago, or +${amount}${unit} for what is to come`,
  );
}

function readSubnet(text: string, field: Field, value: Token): Subnet {
  const subnet = value.parts.length === 1 ? parseSubnet(value.parts[0] ?? '') : null;
  if (subnet) return subnet;
  const hint = value.parts.length > 1 ? ': write a network as 10.64.0.0/16' : '';
  throw pointAt(
    text,
    value,
    `${field.id} is an address or a network such as 10.0.0.0/8, not ${quote(value.text)}${hint}`,
  );
}

function readChoice(text: string, field: Field, value: Token): string {
  const [only = ''] = value.parts;
  const choices = field.choices ?? [];
  const spellings = new Map(
    [...Object.entries(field.spellings ?? {}), ...choices.map((choice) => [choice, choice] as const)].map(
      ([spelling, choice]) => [simplify(spelling), choice],
    ),
  );
  const choice = value.parts.length === 1 ? spellings.get(simplify(only)) : undefined;
  if (choice !== undefined) return choice;
  throw pointAt(text, value, describeUnknown(`${field.id} is never ${quote(value.text)}`, only, choices));
}

/** `no-certificate` and `nocertificate` are `No certificate`; the minus of a grade stays. */
function simplify(choice: string): string {
  return choice.toLowerCase().replace(/[\s_]|-(?=.)/g, '');
}

function describeUnknown(message: string, word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return near === null
    ? `${message} (known: ${known.join(', ')})`
    : `${message}, did you mean ${quote(near)}?`;
}
