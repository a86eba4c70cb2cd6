export { csv } from './csv.js';
export { json } from './json.js';
export { ndjson } from './ndjson.js';
