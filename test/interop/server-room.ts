import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import type { LabAuthority } from '../servers/lab-authority.js';
import { findFreePort } from './find-free-port.js';
import { findProgram } from './find-program.js';
import type { InteropServer, Program } from './interop-server.js';
import { type Identity, makeIdentity } from './make-identity.js';
import { ServerProcess } from './server-process.js';

/** Initial databases and key stores take seconds, on a busy machine more. */
const PREPARATION_TIMEOUT_MS = 60_000;

/** How a program is to be run. */
export interface RunOptions {
  /** Default: whoever runs the suite. */
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where one piece of server software lives while it is tested: folder, certificates, ports and processes. */
export class ServerRoom {
  readonly #folder: TemporaryFolder;
  readonly #identities: ReadonlyMap<string, Identity>;
  readonly #ports: ReadonlyMap<string, number>;
  readonly #programs: readonly Program[];
  readonly #processes: ServerProcess[] = [];
  readonly authority: LabAuthority;

  private constructor(
    folder: TemporaryFolder,
    identities: ReadonlyMap<string, Identity>,
    ports: ReadonlyMap<string, number>,
    programs: readonly Program[],
    authority: LabAuthority,
  ) {
    this.#folder = folder;
    this.#identities = identities;
    this.#ports = ports;
    this.#programs = programs;
    this.authority = authority;
  }

  /** Sets up a room for `server` with its certificates, as files `<identity>.chain.pem`, `.leaf.pem` and `.key.pem`. */
  static async open(server: InteropServer, authority: LabAuthority): Promise<ServerRoom> {
    const folder = await makeTemporaryFolder();
    const specs = Object.entries(server.identities ?? { main: { dnsNames: ['interop.example'] } });
    const identities = new Map(
      await Promise.all(
        specs.map(async ([name, spec]) => [name, await makeIdentity(spec, authority)] as const),
      ),
    );
    const ports = new Map<string, number>();
    for (const { port } of server.cases) {
      if (!ports.has(port)) ports.set(port, await findFreePort());
    }
    const room = new ServerRoom(folder, identities, ports, server.programs, authority);
    await room.#writeCertificates();
    return room;
  }

  async #writeCertificates(): Promise<void> {
    // The servers' own users reach files in here by name.
    await chmod(this.#folder.path, 0o711);
    await this.write('root.pem', this.authority.root.pem);
    for (const [name, { leaf, issuer }] of this.#identities) {
      await this.write(`${name}.chain.pem`, leaf.pem + issuer.pem);
      await this.write(`${name}.leaf.pem`, leaf.pem);
      await this.write(`${name}.issuer.pem`, issuer.pem);
      await chmod(await this.write(`${name}.key.pem`, leaf.privateKeyPem), 0o600);
    }
  }

  /** The room's folder. */
  get path(): string {
    return this.#folder.path;
  }

  /** The path of a file in the room. */
  file(name: string): string {
    return this.#folder.file(name);
  }

  /** The free port that `label` stands for. */
  port(label: string): number {
    return known(this.#ports.get(label), `port ${label}`);
  }

  /** The chain that an identity presents: leaf and intermediate. */
  chain(identity: string): readonly MadeCertificate[] {
    const { leaf, issuer } = known(this.#identities.get(identity), `identity ${identity}`);
    return [leaf, issuer];
  }

  /** The path of one of the server's programs. */
  program(file: string): string {
    const program = this.#programs.find((each) => each.file === file);
    return known(program && findProgram(program), `program ${file}`);
  }

  /** Writes a file, folders included, and tells its path. */
  async write(name: string, content: string): Promise<string> {
    const file = this.file(name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  }

  /** The bytes of a file of the room. */
  async read(name: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(this.file(name)));
  }

  /** Gives the folder with all that is in it to a user of the system. */
  async giveTo(user: string): Promise<void> {
    await promisify(execFile)('chown', ['-R', user, this.path]);
  }

  /** Runs a program to its end; rejects, with what it said, when it fails. */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
    const [command, ...rest] = asUser(options.user, [program, ...args]);
    await promisify(execFile)(command, rest, {
      cwd: this.path,
      env: { ...process.env, ...options.environment },
      timeout: PREPARATION_TIMEOUT_MS,
    });
  }

  /** Starts a program that stays, and waits until it listens on the ports with these labels. */
  async serve(
    program: string,
    args: readonly string[],
    labels: readonly string[],
    options: RunOptions = {},
  ): Promise<void> {
    const server = new ServerProcess(asUser(options.user, [program, ...args]), {
      folder: this.path,
      environment: { ...process.env, ...options.environment },
    });
    this.#processes.push(server);
    await Promise.all(labels.map((label) => server.awaitPort(this.port(label))));
  }

  /** What the servers wrote to their standard output and error so far. */
  get said(): string {
    return this.#processes.map((server) => server.said).join('\n');
  }

  /** Stops all that was started and removes the folder. */
  async close(): Promise<void> {
    await Promise.all(this.#processes.map((server) => server.stop()));
    await this.#folder.remove();
  }
}

/** `setpriv` because it also ends the program should the suite die before it could. */
function asUser(user: string | undefined, command: readonly [string, ...string[]]): [string, ...string[]] {
  const identity = user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--init-groups'];
  return ['setpriv', '--pdeathsig=TERM', ...identity, ...command];
}

function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`there is no ${what} in this room`);
  return value;
}
