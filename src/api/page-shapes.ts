import { Type, type TSchema } from 'typebox';

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 250 })),
  iterator: Type.Optional(Type.String({ maxLength: 512 })),
});

export const OrderedPageQuery = Type.Object({
  ...PageQuery.properties,
  order: Type.Optional(Type.Union([Type.Literal('ascending'), Type.Literal('descending')])),
});

/** A list may come as repeated parameters or as one with commas. */
export function textsFilter(description: string) {
  return Type.Union(
    [
      Type.String({ maxLength: 1024 }),
      Type.Array(Type.String({ maxLength: 256 }), { maxItems: 50 }),
    ],
    { description },
  );
}

export function listOf(item: TSchema): TSchema {
  return Type.Object({
    data: Type.Array(item),
    done: Type.Boolean(),
    iterator: Type.Union([Type.String(), Type.Null()]),
    prevIterator: Type.Union([Type.String(), Type.Null()]),
  });
}
