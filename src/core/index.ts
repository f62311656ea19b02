export { assertNever } from './assert-never.ts';
export { BucketCounts } from './bucket-counts.ts';
export { counted, nounOf } from './counted.ts';
export { sleep, systemClock, type Cancel, type Clock, type ServiceClock } from './clock.ts';
export {
  errorTable,
  fault,
  HoldfastError,
  isErrorCode,
  type ErrorCode,
  type FaultOptions,
} from './errors.ts';
export {
  createIdSource,
  createIdText,
  createLedgerMark,
  idAt,
  idPrefixes,
  LEDGER_MARK_DIGITS,
  timeOfId,
  type IdKind,
  type IdSource,
  type IdText,
} from './ids.ts';
export {
  elementsAt,
  endOfValue,
  membersAt,
  skipSpace,
  type MemberSpan,
  type TextSpan,
} from './json-text.ts';
export {
  changedOverrides,
  laneFieldNames,
  lanePolicyOf,
  lanePolicyTable,
  type LaneChange,
  type LaneField,
  type LaneOverrides,
  type LanePolicy,
  type LaneSettings,
} from './lane-policy.ts';
export { createLog, silentLog, type Log, type LogLevel } from './log.ts';
export { escapeMarkup } from './markup.ts';
export { isCurrency, minorDigitsOf, sayMoney } from './money.ts';
export { svgPlot, type Plot } from './plot/svg-plot.ts';
export { seededRandom, systemRandom, type Random } from './random.ts';
export { createSealer, SEALING_KEY_BYTES, type Sealer } from './sealing.ts';
export {
  environmentName,
  readSettings,
  settingNames,
  settingTable,
  type Setting,
  type SettingName,
  type Settings,
} from './settings.ts';
export { beginSpan, parseTraceparent, type Traced } from './tracing.ts';
export { monotonicMs, startStopwatch } from './stopwatch.ts';
export { TokenBucket } from './token-bucket.ts';
