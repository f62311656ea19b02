import { Type } from 'typebox';
import { recordOf } from './record-of.ts';

/** Fields as Svix's API has them, so that its clients work unchanged; what is ours is said. */
export const IDENTIFIER = '^[a-zA-Z0-9\\-_.]+$';

/** A uid that begins like an id of its own kind could be taken for one. */
const uidUnlike = (prefix: string) =>
  Type.Union([
    Type.String({ minLength: 1, maxLength: 256, pattern: `^(?!${prefix})[a-zA-Z0-9\\-_.]+$` }),
    Type.Null(),
  ]);
export const applicationUid = uidUnlike('app_');
export const endpointUid = uidUnlike('ep_');
export const eventId = uidUnlike('msg_');
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
export const eventType = Type.String({ minLength: 1, maxLength: 256, pattern: IDENTIFIER });
const label = Type.String({ minLength: 1, maxLength: 128, pattern: IDENTIFIER });
export const tenLabels = Type.Array(label, { minItems: 1, maxItems: 10, uniqueItems: true });
export const fiveLabels = Type.Array(label, { minItems: 1, maxItems: 5, uniqueItems: true });
export const eightLabels = Type.Array(label, { minItems: 1, maxItems: 8, uniqueItems: true });
export const dateTime = Type.String({ format: 'date-time' });
export const count = Type.Integer({ minimum: 0 });

export const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' });
