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
} from '../ui/index.ts';
