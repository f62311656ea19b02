export { Act } from './act.tsx';
export { State, type Tone } from './badge.tsx';
export { changeWords, itemWords, sidesOf, type Change, type ChangeItem } from './change-words.ts';
export type { Mark, Series } from './chart-props.ts';
export { Chart } from './chart.tsx';
export { Copy, Id, Payload, Snippet } from './code.tsx';
export {
  hostOf,
  nameOf,
  peerOf,
  phaseName,
  phases,
  sentenceOf,
  statusText,
  type Attempt,
  type Endpoint,
  type Lane,
} from './delivery-words.ts';
export { alertKinds, severities } from './alert-words.ts';
export { Diff } from './diff.tsx';
export { Fields, type Field } from './fields.tsx';
export { Figure, Figures } from './figure.tsx';
export { FilterRow, NothingLike, useFilters } from './filters.tsx';
export { ago, bytes, compact, count, duration, money, percent, words } from './format.ts';
export { hoursWords, type Hours } from './hours.ts';
export { PageFrame } from './frame.tsx';
export { KeyHelp, useKey } from './keys.tsx';
export { lazyPage, NotLoadedError } from './lazy-page.ts';
export { To } from './link.tsx';
export { absolute, Moment, useNow, zoneSetting } from './moment.tsx';
export { OwnerFilter } from './owner-filter.tsx';
export { Brand, Page, Section, type Crumb } from './page.tsx';
export { PlaceLink } from './place-link.tsx';
export { Answered, Empty, Fault, Loading } from './states.tsx';
export { SchemeSwitch, ZoneSwitch } from './switches.tsx';
export { Table, type Column } from './table.tsx';
export { paths } from './paths.ts';
export { momentField, momentIn, TimeInput } from './time-input.tsx';
export { parseSearch, stringifySearch } from './search-text.ts';
export { useUnsaved } from './unsaved.ts';
export { useParam } from './use-param.ts';
export { oneOf, useView } from './view.ts';
