import type { FastifyReply } from 'fastify';

const headers: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['cache-control', 'no-store'],
  ['referrer-policy', 'no-referrer'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
];

/** Answers are data: nothing in them is to be guessed at, kept, framed or run. A page sets its own policy first. */
export function setSecurityHeaders(reply: FastifyReply): void {
  for (const [name, value] of headers) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
}
