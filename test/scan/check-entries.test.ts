import { describe, expect, it } from 'vitest';
import { formatEndpoint } from '../../src/model/endpoint.js';
import { UsageError } from '../../src/model/usage-error.js';
import { listCheckEntries } from '../../src/scan/check-entries.js';
import { parseTargets } from '../../src/targets/parse-targets.js';

const PROTOCOLS = [{ name: 'smtp', defaultPorts: [25] }];

function list(...texts: readonly string[]): string[] {
  const targets = texts.flatMap((text) =>
    parseTargets({ text, source: 'here', isFile: false }, { protocols: PROTOCOLS }),
  );
  return listCheckEntries({ targets, ports: [{ first: 443, last: 443 }], protocols: PROTOCOLS }).map(
    formatEndpoint,
  );
}

describe('listCheckEntries', () => {
  it('keeps the order in which targets were named, and counts up within each', () => {
    expect(list('mail.example:25', '192.0.2.9-192.0.2.11', 'a.example')).toEqual([
      'mail.example:25/smtp',
      '192.0.2.9:443',
      '192.0.2.10:443',
      '192.0.2.11:443',
      'a.example:443',
    ]);
  });

  it('lists what was named twice once', () => {
    expect(list('192.0.2.1', '192.0.2.0/30')).toEqual([
      '192.0.2.1:443',
      '192.0.2.0:443',
      '192.0.2.2:443',
      '192.0.2.3:443',
    ]);
  });

  it('takes 256 endpoints and refuses more, naming the command that takes them', () => {
    expect(list('192.0.2.0/24')).toHaveLength(256);
    expect(() => list('10.0.0.0/8')).toThrow(UsageError);
    expect(() => list('192.0.2.0/23')).toThrow(
      '512 endpoints are too many to check one by one (the most is 256): use certsweep scan',
    );
  });
});
