import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { parseAnnotationRule } from '../../src/store/annotation-rule.js';

describe('rules of annotations', () => {
  it.each([
    ['cidr:10.64.44.1/24', 'cidr:10.64.44.0/24'],
    [' CIDR: 10.0.0.1 ', 'cidr:10.0.0.1/32'],
    ['cidr:2001:DB8:0::1/32', 'cidr:2001:db8::/32'],
    ['cidr:0.0.0.0/0', 'cidr:0.0.0.0/0'],
    ['name:*.LAB.example', 'name:*.lab.example'],
    ['issuer:~DigiCert', 'issuer:~digicert'],
    ['issuer:CN=Lab CA*', 'issuer:cn=lab ca*'],
  ])('%s is %s', (written, text) => {
    expect(parseAnnotationRule(written).text).toBe(text);
    expect(parseAnnotationRule(text).text).toBe(text);
  });

  it.each([
    ['10.0.0.0/8', 'write cidr:10.0.0.0/8, name:*.lab.example or issuer:~DigiCert'],
    ['port:443', 'write cidr:'],
    ['cidr:10.0.0.0/33', '10.0.0.0/33 is no network'],
    ['cidr:lab', 'lab is no network'],
    ['name:', 'it fits nothing'],
    ['issuer:~', 'it fits nothing'],
    ['name:a.example:443', 'neither spaces nor ports'],
    ['issuer:a\u0007b', 'control characters'],
    [`name:${'x'.repeat(1001)}`, '1000 are the most'],
  ])('%s is none', (written, message) => {
    expect(() => parseAnnotationRule(written)).toThrow(UsageError);
    expect(() => parseAnnotationRule(written)).toThrow(message);
  });
});
