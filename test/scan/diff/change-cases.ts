import type { JudgedObservation } from '../../../src/store/save-observations.js';
import { EXPIRING, makeRefused, makeTls } from '../../store/sample-observation.js';
import { HERE, KEY, makeFailed, makeLeaf, SAME_NAMES, withFindings } from './compare-runs.js';

/** What was observed before and after, and what is told of it. */
export const CHANGE_CASES: readonly (readonly [
  string,
  JudgedObservation,
  JudgedObservation,
  readonly string[],
])[] = [
  ['nothing where all is as it was', makeLeaf('one'), makeLeaf('one'), []],
  ['nothing where there was nothing and is nothing', makeRefused(HERE), makeFailed('connect-timeout'), []],
  [
    'new where nothing answered',
    makeFailed('connect-timeout'),
    makeLeaf('one'),
    ['new 10.0.0.1:443: no certificate before: connect-timeout: it was connect-timeout'],
  ],
  [
    'gone where it refuses',
    makeLeaf('one'),
    makeRefused(HERE),
    ['gone 10.0.0.1:443: refused: connection refused'],
  ],
  [
    'gone where it speaks something else',
    makeLeaf('one'),
    makeFailed('not-tls', 'handshake'),
    ['gone 10.0.0.1:443: not-tls: it was not-tls'],
  ],
  [
    'unreachable where nobody answers',
    makeLeaf('one'),
    makeFailed('connect-timeout'),
    ['unreachable 10.0.0.1:443: connect-timeout: it was connect-timeout'],
  ],
  [
    'unreachable where the handshake stalls',
    makeLeaf('one'),
    makeFailed('handshake-timeout', 'handshake'),
    ['unreachable 10.0.0.1:443: handshake-timeout: it was handshake-timeout'],
  ],
  [
    'renewed for the same names in any order and case',
    makeLeaf('one', { ...SAME_NAMES, ...KEY }),
    makeLeaf('two', {
      ...KEY,
      subjectAltNames: ['DNS:www.shop.example', 'DNS:shop.example'],
      notAfter: '2027-03-01T00:00:00.000Z',
    }),
    ['renewed 10.0.0.1:443: expires 2027-03-01, before 2026-12-04; the key was kept'],
  ],
  [
    'renewed with a new key, by another CA, with an older certificate',
    makeLeaf('one', SAME_NAMES),
    makeLeaf('two', { ...SAME_NAMES, issuer: 'CN=Other', notBefore: '2026-01-01T00:00:00.000Z' }),
    [
      'renewed 10.0.0.1:443: expires 2026-12-04, before 2026-12-04; it is older than the one before; the key is new; the issuer was CN=Example CA',
    ],
  ],
  [
    'renewed by its subject where there are no names',
    makeLeaf('one', { subject: 'CN=printer', subjectAltNames: [] }),
    makeLeaf('two', { subject: 'CN=printer', subjectAltNames: [] }),
    ['renewed 10.0.0.1:443: expires 2026-12-04, before 2026-12-04; the key is new'],
  ],
  [
    'changed where names differ',
    makeLeaf('one', SAME_NAMES),
    makeLeaf('two', { subjectAltNames: ['DNS:shop.example', 'DNS:new.example'] }),
    ['changed 10.0.0.1:443: names gained: new.example; names lost: www.shop.example; the key is new'],
  ],
  [
    'changed where it cannot be read',
    makeLeaf('one'),
    makeTls(HERE, ['two'], { judgement: { presented: [], findings: [] } }),
    ['changed 10.0.0.1:443: the certificate now cannot be read'],
  ],
  [
    'findings and grades that time moved',
    makeLeaf('one'),
    withFindings(makeLeaf('one'), [EXPIRING], 'B'),
    [
      'finding-appeared 10.0.0.1:443: certificate expires in 12 days, on 2026-12-04',
      'regraded 10.0.0.1:443: A to B',
    ],
  ],
  [
    'a finding that became graver, and another that is gone, judged of the same',
    withFindings(makeLeaf('one'), [EXPIRING, { ...EXPIRING, id: 'sha1-signature', message: 'old' }]),
    withFindings(makeLeaf('one'), [{ ...EXPIRING, severity: 'high' }], 'A-'),
    [
      'finding-appeared 10.0.0.1:443: certificate expires in 12 days, on 2026-12-04; it was medium before',
      'finding-resolved 10.0.0.1:443: no longer: old',
      'regraded 10.0.0.1:443: A to A-',
    ],
  ],
  [
    'a finding that somebody accepts now',
    withFindings(makeLeaf('one'), [EXPIRING]),
    withFindings(makeLeaf('one'), [
      { ...EXPIRING, waived: { owner: 'web team', reason: 'moves soon', until: '2026-12-31T00:00:00.000Z' } },
    ]),
    ['finding-resolved 10.0.0.1:443: web team accepts it until 2026-12-31: moves soon'],
  ],
  [
    'no finding as resolved by a certificate that is gone',
    withFindings(makeLeaf('one'), [EXPIRING]),
    makeRefused(HERE),
    ['gone 10.0.0.1:443: refused: connection refused'],
  ],
  [
    'the findings of a new certificate',
    makeRefused(HERE),
    withFindings(makeLeaf('one'), [EXPIRING]),
    [
      'new 10.0.0.1:443: no certificate before: refused: connection refused',
      'finding-appeared 10.0.0.1:443: certificate expires in 12 days, on 2026-12-04',
    ],
  ],
];
