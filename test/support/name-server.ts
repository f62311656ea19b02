import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Cleanup } from './service-scope.ts';

const TYPES = { A: 1, AAAA: 28 } as const;

/** What a name server says to one question: addresses, no such name, a failure of its own, or nothing at all. */
export type NameAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'silence';

export type NameServer = {
  /** address:port */
  readonly address: string;
  /** Every question, like `A www.example.com`. */
  readonly questions: string[];
};

/** A real name server (RFC 1035, over UDP) on loopback. */
export async function startNameServer(
  context: Cleanup,
  answer: (name: string, type: keyof typeof TYPES) => NameAnswer,
): Promise<NameServer> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    let at = 12;
    const labels: string[] = [];
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const name = labels.join('.').toLowerCase();
    const type = query.readUInt16BE(at + 1) === TYPES.AAAA ? 'AAAA' : 'A';
    questions.push(`${type} ${name}`);
    const given = answer(name, type);
    if (given === 'silence') return;
    const code = given === 'NXDOMAIN' ? 3 : given === 'SERVFAIL' ? 2 : 0;
    const addresses = typeof given === 'string' ? [] : given;
    const records = addresses.map((address) => {
      const head = Buffer.alloc(12);
      head.writeUInt16BE(0xc0_0c, 0); // the name of the question
      head.writeUInt16BE(TYPES[type], 2);
      head.writeUInt16BE(1, 4);
      head.writeUInt32BE(1, 6);
      const bytes = addressBytes(address, type);
      head.writeUInt16BE(bytes.length, 10);
      return Buffer.concat([head, bytes]);
    });
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x81_80 | code, 2);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(
      Buffer.concat([header, query.subarray(12, at + 5), ...records]),
      from.port,
      from.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  context.after(() => socket.close());
  return { address: `127.0.0.1:${socket.address().port}`, questions };
}

/** IPv6 addresses in full form only. */
function addressBytes(address: string, type: keyof typeof TYPES): Buffer {
  return type === 'A'
    ? Buffer.from(address.split('.').map(Number))
    : Buffer.from(
        address
          .split(':')
          .map((group) => group.padStart(4, '0'))
          .join(''),
        'hex',
      );
}
