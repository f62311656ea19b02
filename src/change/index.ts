export { createConfiguration, type Configuration } from './configuration.ts';
export {
  checkHeaders,
  openHeaders,
  sealHeaders,
  type EndpointHeaders,
} from './endpoint-headers.ts';
export { openSecrets, sealSecrets } from './endpoint-secrets.ts';
export {
  signatureHeaderNames,
  tokenScopes,
  type Application,
  type Endpoint,
  type EventType,
  type SealedSecret,
  type SignatureHeaderNames,
  type Token,
  type TokenScope,
} from './records.ts';
