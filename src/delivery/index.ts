export { createActRunner, type ActRunner } from './act-runner.ts';
export { createAddressGuard, type AddressGuard } from './address-guard.ts';
export { breakerStates } from './breaker.ts';
export { Engine, type EngineFigures } from './engine.ts';
export { restReasons, type LaneFigures } from './lane-figures.ts';
export type { Transport, TransportAnswer, TransportRequest } from './transport.ts';
export { createUndiciTransport } from './undici-transport.ts';
