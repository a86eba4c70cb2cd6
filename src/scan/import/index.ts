export { certsweepCsv } from './certsweep-csv.js';
export { certsweepNdjson } from './certsweep-ndjson.js';
export { nmapSslCert } from './nmap-ssl-cert.js';
export { testsslJson } from './testssl-json.js';
export { tlsxJson } from './tlsx-json.js';
export { zgrab2Json } from './zgrab2-json.js';
