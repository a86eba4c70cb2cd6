import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as registry from '../../../src/probe/starttls/index.js';

describe('the registry of STARTTLS protocols', () => {
  const protocols = Object.entries(registry);

  it.each(protocols)('%s is named as its file and export, and cites its standard', (exported, protocol) => {
    expect(protocol.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(protocol.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())).toBe(exported);
    expect(protocol.title).not.toBe('');
    expect(protocol.citation).not.toBe('');
  });

  it.each(protocols)('%s is held to scripts', (exported, protocol) => {
    const test = path.join(import.meta.dirname, `${protocol.name}.test.ts`);
    expect(existsSync(test)).toBe(true);
    expect(readFileSync(test, 'utf8')).toContain(`describeProtocol(${exported}, {`);
  });

  it('gives each port to one protocol', () => {
    const ports = protocols.flatMap(([, { defaultPorts }]) => defaultPorts);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('takes no name that means implicit TLS', () => {
    expect(protocols.map(([, { name }]) => name)).not.toContain('tls');
  });
});
