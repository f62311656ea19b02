import type { Static } from 'typebox';
import { fault } from '../core/index.ts';
import type { Application, Draft } from '../change/index.ts';
import type { ChangeBy } from '../ledger/index.ts';
import type { ApiParts } from './parts.ts';
import type { ApplicationIn } from './application-shapes.ts';

/** What a body says of an application, with what it leaves out at its default. */
export function applicationDraft(body: Static<typeof ApplicationIn>): Draft<Application> {
  return {
    name: body.name,
    uid: body.uid ?? null,
    metadata: body.metadata ?? {},
    throttleRate: body.throttleRate ?? null,
    people: body.people ?? null,
    policy: null,
    signatureHeaders: body.signatureHeaders ?? 'standard',
  };
}

/** Creates the application that a request brings along. Throws `validation` where its uid is not the path's. */
export async function createBrought(
  { configuration }: ApiParts,
  uid: string,
  body: Static<typeof ApplicationIn>,
  by: ChangeBy,
): Promise<Application> {
  if (body.uid !== uid) {
    throw fault('validation', {
      field: 'application.uid',
      detail: 'The uid of the application to create must be the one in the path.',
    });
  }
  return configuration.applications.create(applicationDraft(body), by);
}
