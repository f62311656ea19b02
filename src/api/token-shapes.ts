import { Type } from 'typebox';
import { dateTime } from './field-shapes.ts';
import { recordOf } from './record-of.ts';

const scope = Type.Union([Type.Literal('read'), Type.Literal('write'), Type.Literal('admin')]);
export const TokenIn = Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }), scope });
export const TokenOut = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** board, status: a link to the board or to the status feed, which shows nothing else. */
  scope: Type.Union([scope, Type.Literal('board'), Type.Literal('status')]),
  isRevoked: Type.Boolean(),
  createdAt: dateTime,
});
export const TokenCreatedOut = Type.Object({ ...TokenOut.properties, token: Type.String() });

export const SettingsOut = recordOf(Type.Union([Type.String(), Type.Number(), Type.Null()]));
