import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../src/probe/hello/byte-reader.js';
import { ByteWriter } from '../../../src/probe/hello/byte-writer.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';

describe('ByteReader', () => {
  it('reads what ByteWriter wrote, nested as it was', () => {
    const writer = new ByteWriter();
    writer.uint8(1);
    writer.vector(2, () => {
      writer.uint16(0x0203);
      writer.vector(3, () => writer.bytes(Buffer.from('inner')));
    });
    writer.uint24s([0x040506]);
    const reader = new ByteReader(writer.finish(), 'message');
    expect(reader.uint8()).toBe(1);
    const nested = reader.nested(2, 'nested');
    expect(nested.uint16()).toBe(0x0203);
    expect(nested.vector(3).toString()).toBe('inner');
    expect(nested.left).toBe(0);
    expect(reader.uint24()).toBe(0x040506);
    expect(() => reader.end()).not.toThrow();
  });

  it('writes vectors of any length, growing as needed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        const writer = new ByteWriter();
        writer.vector(2, () => writer.bytes(bytes));
        const reader = new ByteReader(writer.finish(), 'message');
        expect([...reader.vector(2)]).toEqual([...bytes]);
        reader.end();
      }),
    );
  });

  const rows = [
    { name: 'a number', read: (reader: ByteReader) => reader.uint24() },
    { name: 'bytes', read: (reader: ByteReader) => reader.take(3) },
    { name: 'a vector longer than what is left', read: (reader: ByteReader) => reader.vector(1) },
  ];
  it.each(rows)('refuses $name that is cut short', ({ read }) => {
    const reader = new ByteReader(Buffer.from([9, 9]), 'Certificate');
    expect(() => read(reader)).toThrow(ProbeFailure);
    expect(() => read(reader)).toThrow('Certificate is cut short');
  });

  it('refuses bytes left over by name', () => {
    expect(() => new ByteReader(Buffer.alloc(3), 'ServerHello').end()).toThrow(
      'ServerHello has 3 bytes too many',
    );
  });
});
