export { createActRunner, type ActRunner } from './act-runner.ts';
export { createAddressWatch } from './address-watch.ts';
export { createAddressGuard, type AddressGuard } from './address-guard.ts';
export { breakerStates, type BreakerState } from './breaker.ts';
export {
  createCertificateWatch,
  EXPIRY_WARNING_MS,
  type CertificateWatch,
} from './certificate-watch.ts';
export { chainFingerprint } from './peer-certificate.ts';
export { Engine, type EngineFigures, type Outcome } from './engine.ts';
export { createReachability, type CheckReachability, type Reachability } from './reachability.ts';
export { restReasons, type LaneFigures } from './lane-figures.ts';
export { Tally, type PhaseCounts, type TallyFigures } from './tally.ts';
export { createTimings, type Timings } from './timings.ts';
export { noTiming } from './timing.ts';
export { createTimingSummary, readTiming, type PhaseSummaries } from './timing-summary.ts';
export type { Transport, TransportAnswer, TransportRequest } from './transport.ts';
export { createUndiciTransport } from './undici-transport.ts';
export { createVersionWatch, parseVersionHeaders } from './version-watch.ts';
