import { Type } from 'typebox';
import { identifier, identifierUnlike } from './patterned.ts';
import { recordOf } from './record-of.ts';

/** Fields as Svix's API has them, so that its clients work unchanged; what is ours is said. */

/** A uid that begins like an id of its own kind could be taken for one. */
const uidUnlike = (prefix: string, example: string) =>
  Type.Union([identifierUnlike(prefix, example), Type.Null()]);
export const applicationUid = uidUnlike('app_', 'customer-1');
export const endpointUid = uidUnlike('ep_', 'main');
export const eventId = uidUnlike('msg_', 'invoice-1-paid');
export const uid = Type.Union([Type.String(), Type.Null()]);
export const metadataOut = recordOf(Type.String());
export const metadata = Type.Union([
  recordOf(Type.String({ maxLength: 4096 }), { maxProperties: 64, maxNameLength: 256 }),
  Type.Null(),
]);
export const throttleRate = Type.Union([
  Type.Integer({ minimum: 1, maximum: 65_535 }),
  Type.Null(),
]);
export const eventType = identifier(256, 'invoice.paid');
const label = identifier(128, 'project-1');
export const tenLabels = Type.Array(label, { minItems: 1, maxItems: 10, uniqueItems: true });
export const fiveLabels = Type.Array(label, { minItems: 1, maxItems: 5, uniqueItems: true });
export const eightLabels = Type.Array(label, { minItems: 1, maxItems: 8, uniqueItems: true });
export const dateTime = Type.String({ format: 'date-time' });
export const count = Type.Integer({ minimum: 0 });
