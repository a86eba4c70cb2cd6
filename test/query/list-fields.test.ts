import { describe, expect, it } from 'vitest';
import { listFields } from '../../src/query/list-fields.js';
import { parseQuery } from '../../src/query/parse-query.js';

describe('the fields of a query', () => {
  it.each<[string, readonly string[]]>([
    ['port = 443', ['port']],
    ['has warnings', ['warnings']],
    ['not (ip:10.0.0.0/8 or cn ~ lab) and port in (1, 2)', ['address', 'commonName', 'port']],
  ])('of %s are %j', (text, fields) => {
    expect(listFields(parseQuery(text))).toEqual(fields);
  });
});
