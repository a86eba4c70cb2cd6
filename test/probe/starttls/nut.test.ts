import { nut } from '../../../src/probe/starttls/nut.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const STARTTLS = client('STARTTLS\n');

describeProtocol(nut, {
  accepted: [{ name: 'at once', steps: [STARTTLS, server('OK STARTTLS\n')], greeting: null }],
  refused: [
    {
      name: 'no certificate is set up',
      steps: [STARTTLS, server('ERR FEATURE-NOT-CONFIGURED\n')],
      code: 'feature-not-configured',
      detail: 'STARTTLS was refused: ERR FEATURE-NOT-CONFIGURED',
    },
    {
      name: 'the daemon was built without it',
      steps: [STARTTLS, server('ERR FEATURE-NOT-SUPPORTED\n')],
      code: 'feature-not-supported',
      detail: 'ERR FEATURE-NOT-SUPPORTED',
    },
  ],
  endless: { steps: [STARTTLS], forever: 'OK START' },
});
