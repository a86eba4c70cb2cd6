import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.join(import.meta.dirname, '..', 'src');

/** What each room may import from. A room may always import from itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  targets: ['model'],
  probe: ['model'],
  x509: ['model'],
  query: ['model'],
  store: ['model', 'query'],
  grade: ['model', 'x509'],
  report: ['model'],
  notify: ['model'],
  scan: ['model', 'targets', 'probe', 'x509', 'query', 'store', 'grade', 'report', 'notify'],
  web: ['model', 'targets', 'probe', 'x509', 'query', 'store', 'grade', 'report', 'notify', 'scan'],
  cli: ['model', 'targets', 'probe', 'x509', 'query', 'store', 'grade', 'report', 'notify', 'scan', 'web'],
};

/** Packages and builtins that belong to certain rooms alone. */
const KEPT_IN: readonly { readonly what: RegExp; readonly rooms: readonly string[] }[] = [
  { what: /^node:(net|dgram|http|https|http2|dns|dns\/promises)$/, rooms: ['probe', 'web', 'notify'] },
  { what: /^(better-sqlite3|kysely|pg)$/, rooms: ['store'] },
  { what: /^(fastify|@fastify\/.*)$/, rooms: ['web'] },
  { what: /^commander$/, rooms: ['cli'] },
];

/** Rooms in which the clock and randomness are arguments. */
const TIMELESS = ['model', 'targets', 'x509', 'grade', 'query', 'store', 'report'];

interface SourceFile {
  /** Relative to src, with forward slashes. */
  readonly name: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sourceFiles(): SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.split(path.sep).join('/'))
    .map((name) => {
      const text = readFileSync(path.join(SRC, name), 'utf8');
      const imports = [
        ...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|^import '([^']+)';/gms),
      ].map((match) => match[1] ?? match[2] ?? '');
      return { name, room: name.includes('/') ? (name.split('/')[0] ?? '') : '', text, imports };
    });
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
}

/** Names that a file exports, types included. */
function exportedNames(text: string): string[] {
  return [
    ...text.matchAll(
      /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) ([A-Za-z0-9_]+)/gm,
    ),
  ].map((match) => match[1] ?? '');
}

const FILES = sourceFiles();
const REGISTRIES = FILES.filter((file) => file.name.endsWith('/index.ts'));

describe('the house', () => {
  it('has source files to look at', () => {
    expect(FILES.length).toBeGreaterThan(40);
  });

  it('lets imports flow one way', () => {
    const wrong: string[] = [];
    for (const file of FILES.filter(({ room }) => room !== '')) {
      const allowed = MAY_IMPORT[file.room];
      if (!allowed) wrong.push(`${file.name}: there is no room called ${file.room}`);
      for (const specifier of file.imports.filter((each) => each.startsWith('.'))) {
        const target = path.posix.join(path.posix.dirname(file.name), specifier).split('/')[0] ?? '';
        if (target !== file.room && !allowed?.includes(target))
          wrong.push(`${file.name} imports ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps sockets, SQL, HTTP and argument parsing in their rooms', () => {
    const wrong = FILES.flatMap((file) =>
      KEPT_IN.filter(({ rooms }) => !rooms.includes(file.room)).flatMap(({ what }) =>
        file.imports
          .filter((specifier) => what.test(specifier))
          .map((specifier) => `${file.name} imports ${specifier}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('opens TLS sockets in probe alone: others take no more of node:tls than its data', () => {
    const wrong = FILES.filter(({ room }) => room !== 'probe' && room !== 'web' && room !== 'notify')
      .filter(({ imports }) => imports.includes('node:tls'))
      .filter(({ text }) => !/^import \{ rootCertificates \} from 'node:tls';$/m.test(text))
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
  });

  it('takes the clock and randomness as arguments', () => {
    const wrong = FILES.filter(({ room }) => TIMELESS.includes(room))
      .filter(({ text }) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/.test(text),
      )
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
  });

  it('names each file as what it exports', () => {
    const wrong = FILES.filter(({ name }) => !name.endsWith('index.ts') && name !== 'cli/main.ts').filter(
      (file) => {
        const base = path.posix.basename(file.name, '.ts');
        return !exportedNames(file.text)
          .map(kebab)
          .some((name) => [base, `${base}s`].some((each) => name === each || name.endsWith(`-${each}`)));
      },
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('has a mirrored test for no file that is gone', () => {
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(path.sep).join('/'))
      .filter((name) => name.endsWith('.test.ts'));
    const rooms = Object.keys(MAY_IMPORT);
    const sources = new Set(FILES.map(({ name }) => name.replace(/\.ts$/, '')));
    const orphans = tests
      .filter((name) => rooms.includes(name.split('/')[0] ?? ''))
      .map((name) => name.replace(/\.test\.ts$/, ''))
      .filter((name) => !sources.has(name) && !sources.has(`${name}/index`));
    expect(orphans).toEqual([]);
  });

  describe.each(REGISTRIES)('registry $name', (registry) => {
    const folder = path.posix.dirname(registry.name);
    const siblings = FILES.filter(
      ({ name }) => path.posix.dirname(name) === folder && name !== registry.name,
    ).map(({ name }) => `./${path.posix.basename(name, '.ts')}.js`);

    it('names every file beside it once, in alphabetical order', () => {
      // By name without the ending, as the formatter sorts: `expired` comes before `expired-chain-certificate`.
      const names = siblings.map((file) => file.replace(/\.js$/, '')).sort();
      expect(registry.imports).toEqual(names.map((name) => `${name}.js`));
    });

    it('holds re-exports and nothing else', () => {
      const rest = registry.text
        .replace(/\/\*\*[\s\S]*?\*\//g, '')
        .replace(/^\/\/.*$/gm, '')
        .replace(/^export (?:type )?(?:\*|\{[^}]*\}) from '[^']+';$/gm, '')
        .trim();
      expect(rest).toBe('');
    });
  });
});
