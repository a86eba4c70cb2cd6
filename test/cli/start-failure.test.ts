import { describe, expect, it } from 'vitest';
import { describeStartFailure } from '../../src/cli/start-failure.js';

describe('describeStartFailure', () => {
  it('says what helps where no more files may be opened', () => {
    const error = Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    expect(describeStartFailure(error)).toContain('ulimit -n 1024');
  });

  it('has nothing to say of faults of ours', () => {
    expect(describeStartFailure(new SyntaxError('unexpected token'))).toBeNull();
    expect(describeStartFailure('broken')).toBeNull();
  });
});
