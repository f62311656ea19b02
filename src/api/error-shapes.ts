import { Type } from 'typebox';

export const ErrorOut = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  field: Type.Optional(Type.String()),
});

export const ValidationErrorOut = Type.Object({
  code: Type.String(),
  detail: Type.Array(
    Type.Object({ loc: Type.Array(Type.String()), msg: Type.String(), type: Type.String() }),
  ),
  field: Type.Optional(Type.String()),
});
