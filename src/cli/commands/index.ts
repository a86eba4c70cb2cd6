// One line a command, alphabetical. The program and its help derive from it.
export { backupCommand } from './backup-command.js';
export { checkCommand } from './check-command.js';
export { diffCommand } from './diff-command.js';
export { exportCommand } from './export-command.js';
export { inspectCommand } from './inspect-command.js';
export { keysCommand } from './keys-command.js';
export { listCommand } from './list-command.js';
export { mergeCommand } from './merge-command.js';
export { pruneCommand } from './prune-command.js';
export { regradeCommand } from './regrade-command.js';
export { reportCommand } from './report-command.js';
export { scanCommand } from './scan-command.js';
export { showCommand } from './show-command.js';
export { tagCommand } from './tag-command.js';
export { vacuumCommand } from './vacuum-command.js';
export { verifyCommand } from './verify-command.js';
