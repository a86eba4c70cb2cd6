export { addGradings } from './add-gradings.js';
export { createTables } from './create-tables.js';
