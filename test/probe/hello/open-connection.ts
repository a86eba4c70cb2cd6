import { Budget } from '../../../src/probe/budget.js';
import { Connection } from '../../../src/probe/connection.js';

/** Opens a connection to a loopback port with limits that no sound test comes near. */
export function openConnection(
  port: number,
  budget = new Budget({ connectTimeoutMs: 5000, timeoutMs: 10_000 }),
): Promise<Connection> {
  return Connection.open({ address: '127.0.0.1', port, budget });
}
