import { fault } from '../core/index.ts';
import type { Application, Endpoint } from '../change/index.ts';
import type { Message } from '../ledger/index.ts';
import type { ApiParts } from './parts.ts';

/** Finds by id or by the uid the user gave. Throws `not_found`, also for what belongs to another application. */
type Finding = Pick<ApiParts, 'configuration' | 'idText' | 'ledger'>;

export async function findApplication(
  { configuration, idText }: Finding,
  idOrUid: string,
): Promise<Application> {
  const id = idText.parse('application', idOrUid);
  const found =
    id === undefined
      ? await configuration.applicationByUid(idOrUid)
      : await configuration.application(id);
  if (found === null) {
    throw fault('not_found', {
      field: 'app_id',
      detail: `No application has the id or uid "${idOrUid}".`,
    });
  }
  return found;
}

export async function findEndpoint(
  { configuration, idText }: Finding,
  application: Application,
  idOrUid: string,
): Promise<Endpoint> {
  const id = idText.parse('endpoint', idOrUid);
  const found =
    id === undefined
      ? await configuration.endpointByUid(application.id, idOrUid)
      : await configuration.endpoint(id);
  if (found === null || found.appId !== application.id) {
    throw fault('not_found', {
      field: 'endpoint_id',
      detail: `No endpoint has the id or uid "${idOrUid}".`,
    });
  }
  return found;
}

export async function findMessage(
  { ledger, idText }: Finding,
  application: Application,
  text: string,
): Promise<Message> {
  const id = idText.parse('message', text);
  const found = id === undefined ? null : await ledger.message(id);
  if (found === null || found.appId !== application.id) {
    throw fault('not_found', { field: 'msg_id', detail: `No message has the id "${text}".` });
  }
  return found;
}
