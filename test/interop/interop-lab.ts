import { makeLabAuthority } from '../servers/lab-authority.js';
import { findObstacle } from './find-obstacle.js';
import type { InteropServer } from './interop-server.js';
import { ServerRoom } from './server-room.js';

/** All servers that can be tried on this machine, each in its room. */
export class InteropLab {
  readonly #opened: ServerRoom[] = [];
  readonly #started = new Map<string, Promise<ServerRoom>>();

  private constructor() {}

  /** Starts the servers, all at once; one that does not start is its own test's failure. */
  static async open(servers: readonly InteropServer[]): Promise<InteropLab> {
    const lab = new InteropLab();
    const authority = await makeLabAuthority();
    const start = async (server: InteropServer) => {
      const room = await ServerRoom.open(server, authority);
      lab.#opened.push(room);
      await server.start(room);
      return room;
    };
    for (const server of servers) {
      if (findObstacle(server) === null) lab.#started.set(server.name, start(server));
    }
    await Promise.allSettled(lab.#started.values());
    return lab;
  }

  /** The room of a server that runs; rejects with the reason when it did not start. */
  async room({ name }: InteropServer): Promise<ServerRoom> {
    const room = await this.#started.get(name);
    if (room === undefined) throw new Error(`${name} was not started`);
    return room;
  }

  /** Stops all servers and removes their folders. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.map((room) => room.close()));
  }
}
