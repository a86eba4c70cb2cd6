export { addGradings } from './add-gradings.js';
export { addKeyFindings } from './add-key-findings.js';
export { createTables } from './create-tables.js';
