import { expect, it } from 'vitest';
import { readValidation } from '../../src/x509/validation.js';

it.each([
  [['2.23.140.1.1'], 'EV'],
  [['2.16.840.1.114412.2.1', '2.23.140.1.2.2'], 'EV'],
  [['2.23.140.1.2.2'], 'OV'],
  [['2.23.140.1.2.3'], 'OV'],
  [['1.3.6.1.4.1.44947.1.1.1', '2.23.140.1.2.1'], 'DV'],
  [['2.5.29.32.0'], 'Unknown'],
  [[], 'Unknown'],
])('reads %j as %s', (policies, validation) => {
  expect(readValidation(policies)).toBe(validation);
});
