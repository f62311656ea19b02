export { tokenHash } from './auth.ts';
export type { ApiParts } from './parts.ts';
export { createServer } from './server.ts';
