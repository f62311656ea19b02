import { Readable } from 'node:stream';

/** What a reader may leave unread, in bytes; one that leaves more is dropped, and comes again if it lives. */
export const MOST_UNREAD_BYTES = 262_144;

/** One connection's side of a stream of server-sent events (text/event-stream of the HTML standard). */
export type EventStream = {
  readonly body: Readable;
  /** Whole events; what does not fit ends the connection. */
  write(events: string): void;
  /** After what was written. */
  end(): void;
};

/** @param closed called once, however it ends. */
export function openEventStream(closed: () => void): EventStream {
  // What is pushed waits here while the connection takes no more.
  const body = new Readable({ read() {}, highWaterMark: MOST_UNREAD_BYTES });
  body.once('close', closed);
  return {
    body,
    write(events) {
      if (body.destroyed || body.readableEnded) return;
      if (body.readableLength + Buffer.byteLength(events) > MOST_UNREAD_BYTES) body.destroy();
      else body.push(events);
    },
    end() {
      if (!body.destroyed) body.push(null);
    },
  };
}

/** One event; `data` is JSON on one line. */
export function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
