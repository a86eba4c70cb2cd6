import { describe, expect, it } from 'vitest';
import {
  type AnnotationSubject,
  describeAnnotationSubject,
  formatAnnotationSubject,
  parseAnnotationSubject,
} from '../../src/model/annotation-subject.js';

const endpoint = { host: '192.0.2.7', address: '192.0.2.7', port: 443, protocol: 'tls', serverName: null };

const SUBJECTS: readonly (readonly [string, AnnotationSubject])[] = [
  ['192.0.2.7:443', { kind: 'endpoint', endpoint }],
  [
    'a/b@192.0.2.7:25/smtp',
    {
      kind: 'endpoint',
      endpoint: { ...endpoint, host: 'a/b', port: 25, protocol: 'smtp', serverName: 'a/b' },
    },
  ],
  ['gone.example:443', { kind: 'endpoint', endpoint: { ...endpoint, host: 'gone.example', address: null } }],
  ['ab'.repeat(32), { kind: 'certificate', fingerprint: 'ab'.repeat(32) }],
  ['cidr:10.0.0.0/8', { kind: 'rule', rule: 'cidr:10.0.0.0/8' }],
];

describe('subjects of annotations', () => {
  it.each(SUBJECTS)('are read as they were written: %s', (description, subject) => {
    expect(parseAnnotationSubject(formatAnnotationSubject(subject))).toEqual(subject);
    expect(describeAnnotationSubject(subject)).toBe(description);
  });

  it.each([
    '',
    'endpoint ',
    'endpoint {}',
    'endpoint [1,2]',
    'endpoint [null,"443","tls",null,"a"]',
    'certificate xy',
    'person Jane',
  ])('are nothing else: %j', (text) => {
    expect(parseAnnotationSubject(text)).toBeNull();
  });
});
