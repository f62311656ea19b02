export { createConfiguration, type Configuration } from './configuration.ts';
export { openSecrets, sealSecrets } from './endpoint-secrets.ts';
export type { Application, Endpoint, SealedSecret, Token } from './records.ts';
