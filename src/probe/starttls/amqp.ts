import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an AMQP server';

/** `AMQP`, protocol id 2 (TLS), version 1.0.0. */
const TLS_HEADER = Buffer.from([0x41, 0x4d, 0x51, 0x50, 2, 1, 0, 0]);

/**
 * AMQP 1.0. AMQP 0-9-1 knows no such step, so RabbitMQ refuses; its TLS is implicit, on 5671.
 *
 * 1. C: the protocol header for TLS
 * 2. S: the same header, then TLS
 *
 * Refusals: `not-offered`, when the server answers with the header of what it does speak, and closes.
 */
export const amqp: StarttlsProtocol = {
  name: 'amqp',
  title: 'AMQP 1.0',
  defaultPorts: [5672],
  citation: 'OASIS AMQP 1.0, part 5, section 5.2.1',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(TLS_HEADER);
    while (stream.buffered.length < TLS_HEADER.length) {
      if (!isAmqpPrefix(stream.buffered)) break;
      await stream.fill();
    }
    if (!isAmqpPrefix(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
    const header = stream.take(TLS_HEADER.length);
    if (!header.equals(TLS_HEADER))
      throw refusal('not-offered', 'the server speaks another protocol', header.toString('latin1'));
    return { stream, greeting: null };
  },
};

function isAmqpPrefix(head: Buffer): boolean {
  return 'AMQP'.startsWith(head.toString('latin1', 0, 4));
}
