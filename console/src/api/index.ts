export { useAct, useAnswer, usePages, type ListId, type Pages, type RowOf } from './answers.ts';
export {
  actAsPortal,
  api,
  HoldfastApiError,
  onSessionEnded,
  sendWithSession,
  setCsrf,
  type AnswerOf,
  type OperationId,
  type Operations,
  type RequestOf,
} from './client.ts';
export { usePayload } from './use-payload.ts';
export { asCurl } from './as-curl.ts';
export { LiveStream, useAttemptsOf, useLive, useLiveState } from './live.tsx';
export { operatorNews, type LiveEvent, type News } from './news.ts';
