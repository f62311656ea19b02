import { fault } from '../core/index.ts';
import type { Application, Endpoint, EventType, Policy } from '../change/index.ts';
import type { Message } from '../ledger/index.ts';
import type { Principal } from './auth.ts';
import type { ApiParts } from './parts.ts';

/** Finds by id or by the uid the user gave. Throws `not_found`, also for what belongs to another application. */
type Finding = Pick<ApiParts, 'configuration' | 'idText' | 'ledger'>;

export async function findApplicationOrNull(
  finding: Finding,
  principal: Principal,
  idOrUid: string,
): Promise<Application | null> {
  const found = await applicationBy(finding, idOrUid);
  return isVisible(principal, found) ? found : null;
}

function applicationBy(
  { configuration, idText }: Finding,
  idOrUid: string,
): Promise<Application | null> {
  const id = idText.parse('application', idOrUid);
  return id === undefined
    ? configuration.applications.byUid(idOrUid)
    : configuration.applications.byId(id);
}

function isVisible({ appId }: Principal, application: Application | null): boolean {
  return appId === null || application?.id === appId;
}

/** PUT makes what is not there, under a uid; an id that is not there names nothing that could be made. */
export function assertMayCreate(
  { idText }: Pick<Finding, 'idText'>,
  kind: 'application' | 'endpoint',
  text: string,
): void {
  if (idText.parse(kind, text) === undefined) return;
  throw fault('not_found', { detail: `No ${kind} has the id "${text}".` });
}

/** Throws `validation` for a policy that there is none of. */
export function assertPolicyThere(
  name: string | null,
  { configuration }: Pick<Finding, 'configuration'>,
): void {
  if (name === null || configuration.policies.byName(name) !== null) return;
  throw fault('validation', {
    field: 'policy',
    detail: `No policy is named "${name}". Create it first (POST /api/v1/policy).`,
  });
}

/** Throws `not_found`. */
export function findPolicy(
  { configuration }: Pick<Finding, 'configuration'>,
  name: string,
): Policy {
  const found = configuration.policies.byName(name);
  if (found !== null) return found;
  throw fault('not_found', { field: 'policy_name', detail: `No policy is named "${name}".` });
}

export async function findApplication(
  parts: Finding,
  principal: Principal,
  idOrUid: string,
): Promise<Application> {
  const found = await applicationBy(parts, idOrUid);
  if (found !== null && isVisible(principal, found)) return found;
  throw fault('not_found', {
    field: 'app_id',
    detail: `No application has the id or uid "${idOrUid}".`,
  });
}

export async function findEndpointOrNull(
  { configuration, idText }: Finding,
  application: Application,
  idOrUid: string,
): Promise<Endpoint | null> {
  const id = idText.parse('endpoint', idOrUid);
  const found =
    id === undefined
      ? await configuration.endpoints.byUid(application.id, idOrUid)
      : await configuration.endpoints.byId(id);
  return found?.appId === application.id ? found : null;
}

export async function findEndpoint(
  parts: Finding,
  application: Application,
  idOrUid: string,
): Promise<Endpoint> {
  const found = await findEndpointOrNull(parts, application, idOrUid);
  if (found !== null) return found;
  throw fault('not_found', {
    field: 'endpoint_id',
    detail: `No endpoint has the id or uid "${idOrUid}".`,
  });
}

/** By its id, or by the event id the sender gave. */
export async function findMessage(
  { ledger, idText }: Finding,
  application: Application,
  text: string,
): Promise<Message> {
  const id = idText.parse('message', text);
  const found =
    id === undefined
      ? await ledger.messageByEventId({ appId: application.id, eventId: text })
      : await ledger.message(id);
  if (found === null || found.appId !== application.id) {
    throw fault('not_found', {
      field: 'msg_id',
      detail: `No message has the id or event id "${text}".`,
    });
  }
  return found;
}

/** An event type behind a flag is not there for a portal whose token lacks the flag. */
export function isVisibleTo(
  { featureFlags }: Pick<Principal, 'featureFlags'>,
  { featureFlag }: EventType,
): boolean {
  return featureFlag === null || featureFlags === null || featureFlags.includes(featureFlag);
}

/** @param principal who may not see all of them, where that matters. */
export async function findEventType(
  { configuration }: Pick<Finding, 'configuration'>,
  name: string,
  principal?: Principal,
): Promise<EventType> {
  const found = await configuration.eventTypes.byName(name);
  if (found !== null && (principal === undefined || isVisibleTo(principal, found))) return found;
  throw fault('not_found', {
    field: 'event_type_name',
    detail: `No event type is named "${name}".`,
  });
}
