// Loaded before the program and in each of its threads: makes the first worker that has made so many connections die,
// in the way asked for. WORKER_DEATH is throw, exit or memory; AFTER_CONNECTIONS a number; DEATH_MARK a file that does
// not exist yet: whoever makes it dies, so that only one does.
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const DEATHS = {
  throw: () => {
    setImmediate(() => {
      throw new Error('a fault on purpose');
    });
  },
  exit: () => process.exit(7),
  memory: () => {
    const held = [];
    for (;;) held.push(new Array(1_000_000).fill(held.length));
  },
};

if (!isMainThread) {
  const connect = Socket.prototype.connect;
  let left = Number(process.env.AFTER_CONNECTIONS);
  Socket.prototype.connect = function connectOrDie(...args) {
    left -= 1;
    if (left === 0 && isFirst(process.env.DEATH_MARK)) DEATHS[process.env.WORKER_DEATH]();
    return connect.apply(this, args);
  };
}

function isFirst(mark) {
  try {
    closeSync(openSync(mark, 'wx'));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}
