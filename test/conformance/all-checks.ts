import { applicationChecks } from './checks/application.checks.ts';
import { attemptChecks } from './checks/attempt.checks.ts';
import { attemptedChecks } from './checks/attempted.checks.ts';
import { authenticationChecks } from './checks/authentication.checks.ts';
import { endpointHistoryChecks } from './checks/endpoint-history.checks.ts';
import { endpointPartsChecks } from './checks/endpoint-parts.checks.ts';
import { endpointChecks } from './checks/endpoint.checks.ts';
import { eventTypeChecks } from './checks/event-type.checks.ts';
import { healthChecks } from './checks/health.checks.ts';
import { messageChecks } from './checks/message.checks.ts';
import type { OperationId } from './operations.ts';
import type { OperationChecks } from './checks.ts';

/** What is checked by hand, of each operation. The compiler says where one is missing. */
export const allChecks: Readonly<Record<OperationId, OperationChecks>> = {
  ...applicationChecks,
  ...endpointChecks,
  ...endpointPartsChecks,
  ...endpointHistoryChecks,
  ...eventTypeChecks,
  ...messageChecks,
  ...attemptChecks,
  ...attemptedChecks,
  ...authenticationChecks,
  ...healthChecks,
};
