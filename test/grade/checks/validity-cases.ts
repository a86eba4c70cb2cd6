import { makeLeaf, makePki } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const ended = () =>
  makePki({ leaf: { notAfter: new Date('2026-11-12T10:00:00Z'), dnsNames: ['a.example'] } });
const ofFortySevenDays = () =>
  makePki({
    leaf: {
      dnsNames: ['a.example'],
      notBefore: new Date('2026-11-01T10:00:00Z'),
      notAfter: new Date('2026-12-18T10:00:00Z'),
    },
  });
const issued = async (notBefore: string, notAfter: string) =>
  trusted(
    await makePki({
      root: { notBefore: new Date('2010-01-01T00:00:00Z') },
      intermediate: { notBefore: new Date('2010-01-01T00:00:00Z') },
      leaf: { dnsNames: ['a.example'], notBefore: new Date(notBefore), notAfter: new Date(notAfter) },
    }),
    { storeName: 'mozilla', now: notBefore },
  );

const WINDOWS = `expiring:
  - { days: 30, severity: low }
  - { days: 14, severity: high }
  - { days: 60, share: 0.001, severity: critical }`;

/** Cases of the findings about time. */
export const VALIDITY_CASES: readonly CheckCase[] = [
  {
    id: 'expired',
    name: 'fires ten days after the end, and not at the very last second',
    fires: async () => trusted(await ended()),
    message: 'certificate expired on 2026-11-12 10:00:00 UTC, 10 days ago',
    silent: async () => trusted(await ended(), { now: '2026-11-12T10:00:00Z' }),
  },
  {
    id: 'expired',
    name: 'fires also where the path is none that holds',
    fires: async () => ({ chain: [await makeLeaf({ notAfter: new Date('2026-11-12T10:00:00Z') })] }),
    message: 'certificate expired on 2026-11-12 10:00:00 UTC, 10 days ago',
    silent: async () => ({ chain: [await makeLeaf()] }),
  },
  {
    id: 'not-yet-valid',
    name: 'fires before the first second, and not at it',
    fires: async () => trusted(await makePki(), { now: '2026-10-21T10:00:00Z' }),
    message: 'certificate is valid only from 2026-10-23 10:00:00 UTC, in 2 days',
    silent: async () => trusted(await makePki(), { now: '2026-10-23T10:00:00Z' }),
  },
  {
    id: 'expiring',
    name: 'fires with thirty days left, and not a second earlier',
    fires: async () => trusted(await makePki(), { now: '2026-12-22T10:00:00Z' }),
    message:
      'certificate expires on 2027-01-21 10:00:00 UTC, in 30 days; the policy asks for more than 30 days',
    silent: async () => trusted(await makePki(), { now: '2026-12-22T09:59:59Z' }),
  },
  {
    id: 'expiring',
    name: 'leaves what has expired to that finding',
    fires: async () => trusted(await ended(), { now: '2026-11-12T10:00:00Z' }),
    message: /in less than a day/,
    silent: async () => trusted(await ended()),
  },
  {
    id: 'expiring',
    name: 'follows the days of the policy',
    fires: async () => trusted(await makePki(), { policy: 'expiring: { days: 61 }' }),
    message: /in 60 days; the policy asks for more than 61 days$/,
    silent: async () =>
      trusted(await makePki(), { policy: 'expiring: { days: 14 }', now: '2026-12-22T10:00:00Z' }),
  },
  {
    id: 'expiring',
    name: 'with a share in the policy, lets a certificate of 47 days live its life',
    fires: async () => trusted(await ofFortySevenDays()),
    message: /in 26 days; the policy asks for more than 30 days$/,
    silent: async () => trusted(await ofFortySevenDays(), { policy: 'expiring: { share: 0.3333 }' }),
  },
  {
    id: 'expiring',
    name: 'is as grave as the gravest window that the certificate is in',
    fires: async () => trusted(await makePki(), { policy: WINDOWS, now: '2027-01-11T10:00:00Z' }),
    message: /in 10 days; the policy asks for more than 14 days$/,
    severity: 'high',
    silent: async () => trusted(await makePki(), { policy: WINDOWS, now: '2026-12-22T09:59:59Z' }),
  },
  {
    id: 'expiring',
    name: 'is mild in a mild window, and leaves a share of its own to itself',
    fires: async () => trusted(await makePki(), { policy: WINDOWS, now: '2026-12-22T10:00:00Z' }),
    message: /in 30 days; the policy asks for more than 30 days$/,
    severity: 'low',
    silent: async () =>
      trusted(await makePki(), { policy: 'expiring: [{ share: 0.01 }]', now: '2027-01-11T10:00:00Z' }),
  },
  {
    id: 'excessive-validity',
    name: 'allows 200 days since March 2026, both ends counted',
    fires: () => issued('2026-04-01T00:00:00Z', '2026-10-18T00:00:00Z'),
    message: 'certificate issued on 2026-04-01 00:00:00 UTC is valid for 201 days, 200 days were allowed',
    silent: () => issued('2026-04-01T00:00:00Z', '2026-10-17T23:59:59Z'),
  },
  {
    id: 'excessive-validity',
    name: 'judges by the day of issue: 398 days before that, 825 before September 2020',
    fires: () => issued('2020-09-01T00:00:00Z', '2021-10-04T00:00:00Z'),
    message: /399 days, 398 days were allowed/,
    silent: () => issued('2020-08-31T23:59:59Z', '2022-12-01T00:00:00Z'),
  },
  {
    id: 'excessive-validity',
    name: 'counts in months where the rules of the time did',
    fires: () => issued('2015-04-01T00:00:00Z', '2018-07-02T00:00:00Z'),
    message: /39 months were allowed/,
    silent: () => issued('2015-04-01T00:00:00Z', '2018-07-01T00:00:00Z'),
  },
  {
    id: 'excessive-validity',
    name: 'binds public CAs alone',
    fires: () => issued('2026-04-01T00:00:00Z', '2030-04-01T00:00:00Z'),
    message: /200 days were allowed/,
    silent: async () => ({
      ...(await issued('2026-04-01T00:00:00Z', '2030-04-01T00:00:00Z')),
      storeName: 'corp',
    }),
  },
];
