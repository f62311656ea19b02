export { tokenHash } from './auth.ts';
export type { ApiParts } from './parts.ts';
export { API_VERSION } from './docs-page.ts';
export { openApiDocument } from './openapi.ts';
export { createPortalTokens } from './portal-tokens.ts';
export { routes } from './routes/index.ts';
export { createServer } from './server.ts';
