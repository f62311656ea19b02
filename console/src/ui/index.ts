export { Act } from './act.tsx';
export { AttemptTiming } from './attempt-timing.tsx';
export { State, type Tone } from './badge.tsx';
export { changeWords, itemWords, sidesOf, type Change, type ChangeItem } from './change-words.ts';
export { Chart, type Mark, type Series } from './chart.tsx';
export { Copy, Id, Payload, Snippet } from './code.tsx';
export {
  deadReasons,
  hostOf,
  nameOf,
  outcomeWords,
  peerOf,
  phaseName,
  phases,
  sentenceOf,
  statusText,
  type Attempt,
  type Endpoint,
  type Lane,
} from './delivery-words.ts';
export { Diff } from './diff.tsx';
export { Fields, type Field } from './fields.tsx';
export { Figure, Figures } from './figure.tsx';
export { ago, bytes, compact, count, duration, money, percent, words } from './format.ts';
export { KeyHelp, useKey } from './keys.tsx';
export { lazyPage, NotLoadedError } from './lazy-page.ts';
export { To } from './link.tsx';
export { absolute, Moment, useNow, zoneSetting } from './moment.tsx';
export { Brand, Page, Section, type Crumb } from './page.tsx';
export { Answered, Empty, Fault, Loading } from './states.tsx';
export { Table, type Column } from './table.tsx';
export { paths } from './paths.ts';
export { TimeField } from './time-field.tsx';
export { momentField, momentIn, TimeInput } from './time-input.tsx';
export { parseSearch, stringifySearch } from './search-text.ts';
export { useUnsaved } from './unsaved.ts';
export { oneOf, useView } from './view.ts';
