import { Type, type Static, type TSchema } from 'typebox';

/**
 * An object with members of any name. TypeBox's Record asks names to match "^.*$", which a name with a line break does
 * not: its value went unchecked. And it drops what is said of the names' length.
 */
export function recordOf<Value extends TSchema>(
  value: Value,
  {
    maxProperties,
    maxNameLength,
  }: { readonly maxProperties?: number; readonly maxNameLength?: number } = {},
) {
  return Type.Unsafe<Record<string, Static<Value>>>({
    type: 'object',
    // A schema of TypeBox that asks nothing still has hidden members, for which every member here would be looked at.
    additionalProperties: Object.keys(value).length === 0 ? {} : value,
    ...(maxNameLength === undefined ? {} : { propertyNames: { maxLength: maxNameLength } }),
    ...(maxProperties === undefined ? {} : { maxProperties }),
  });
}
