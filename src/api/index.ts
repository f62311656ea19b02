export { tokenHash } from './auth.ts';
export type { ApiParts } from './parts.ts';
export { createPortalTokens } from './portal-tokens.ts';
export { routes } from './routes/index.ts';
export { createServer } from './server.ts';
