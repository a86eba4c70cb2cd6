import { describe, expect, it } from 'vitest';
import { ownName } from '../../../src/probe/dialog/own-name.js';

describe('ownName', () => {
  it.each([
    ['scanner.corp.example', 'scanner.corp.example'],
    ['Scan-1.example', 'Scan-1.example'],
    ['scanner', 'localhost.localdomain'],
    ['', 'localhost.localdomain'],
    ['scan_1.example', 'localhost.localdomain'],
    ['scanner.example\r\nRCPT TO:<x>', 'localhost.localdomain'],
    ['.example', 'localhost.localdomain'],
    [`${'a.'.repeat(150)}example`, 'localhost.localdomain'],
  ])('makes of %j: %s', (hostname, name) => {
    expect(ownName(hostname)).toBe(name);
  });

  it('asks the operating system by default', () => {
    expect(ownName()).toContain('.');
  });
});
