import { describe, expect, it } from 'vitest';
import { formatRunOrigin } from '../../../src/cli/print/run-origin.js';
import { makeRun } from '../../store/sample-observation.js';

describe('where a run came from', () => {
  it.each([
    ['a scan', {}, 'scan'],
    ['an import', { origin: 'nmap', file: 'network.xml' }, 'nmap (network.xml)'],
    ['an import of no file', { origin: 'tlsx' }, 'tlsx'],
    ['what another program wrote there', { origin: 7, file: ['x'] }, 'scan'],
  ])('tells of %s', (_, definition, expected) => {
    expect(formatRunOrigin({ ...makeRun(), definition })).toBe(expected);
  });
});
