export { createActRunner, type ActRunner } from './act-runner.ts';
export { createAddressGuard, type AddressGuard } from './address-guard.ts';
export { Engine, type EngineFigures } from './engine.ts';
export type { Transport, TransportAnswer, TransportRequest } from './transport.ts';
export { createUndiciTransport } from './undici-transport.ts';
