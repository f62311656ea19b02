import type { Route } from '../route.ts';
import { createApplication, getApplication, listApplications } from './application.route.ts';
import {
  listAttemptsOfMessage,
  listAttemptsToEndpoint,
  listDeliveriesOfMessage,
  resend,
} from './attempt.route.ts';
import {
  cancelMany,
  cancelOne,
  getAct,
  listActs,
  listDeadLetters,
  redrive,
} from './dead-letter.route.ts';
import { createEndpoint, getEndpoint, getEndpointSecret, listEndpoints } from './endpoint.route.ts';
import { createMessage, getMessage, listMessages } from './message.route.ts';
import { getAudit, health, readiness } from './service.route.ts';

/** Every route there is. */
export const routes: readonly Route[] = [
  createApplication,
  listApplications,
  getApplication,
  createEndpoint,
  listEndpoints,
  getEndpoint,
  getEndpointSecret,
  createMessage,
  listMessages,
  getMessage,
  listDeliveriesOfMessage,
  listAttemptsOfMessage,
  listAttemptsToEndpoint,
  resend,
  cancelOne,
  listDeadLetters,
  cancelMany,
  redrive,
  listActs,
  getAct,
  getAudit,
  health,
  readiness,
];
