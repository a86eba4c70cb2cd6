import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { COLUMNS } from '../../src/report/columns.js';
import { selectColumns } from '../../src/report/select-columns.js';

describe('choosing columns', () => {
  it.each([
    ['address,port', ['address', 'port']],
    [' Port , ADDRESS ', ['port', 'address']],
    ['Common Name,days-left,key_type', ['commonName', 'daysLeft', 'keyType']],
    ['Fingerprint SHA-256,', ['fingerprintSha256']],
    ['outcome', ['outcome']],
  ])('reads %j', (fields, ids) => {
    expect(selectColumns(fields).map(({ id }) => id)).toEqual(ids);
  });

  it('finds every column by its id and by its title, and no two by one name', () => {
    for (const column of COLUMNS) {
      expect(selectColumns(column.id)).toEqual([column]);
      expect(selectColumns(column.title)).toEqual([column]);
    }
  });

  it.each([
    ['adress', 'address'],
    ['port,exipres', 'expires'],
    ['Comon Nmae', 'commonName'],
    ['days', 'daysLeft'],
  ])('knows what was meant by %j', (fields, nearest) => {
    expect(() => selectColumns(fields)).toThrow(UsageError);
    expect(() => selectColumns(fields)).toThrow(new RegExp(`did you mean ${nearest}\\?$`));
  });

  it.each(['', ' , '])('refuses %j', (fields) => {
    expect(() => selectColumns(fields)).toThrow(/--fields names no field/);
  });
});
