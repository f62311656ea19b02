import { Type, type TString } from 'typebox';

type Bounds = {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: 'uri';
};

/**
 * A text that has to match a pattern, with the sentence by which the document tells and a refusal explains it: nobody
 * has to read the pattern.
 *
 * @param takes what is allowed, as it follows the field's name: `takes letters and digits only`.
 * @param example one that is allowed.
 */
export function patterned(
  pattern: string,
  takes: string,
  example: string,
  bounds: Bounds = {},
): TString {
  const [first = '', ...rest] = takes;
  const description = `${first.toUpperCase()}${rest.join('')}, such as "${example}".`;
  return Type.String({ ...bounds, pattern, description, examples: [example] });
}

/** What a schema that `patterned` made says of itself, as it follows a field's name, without its full stop. */
export function takenBy(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const description: unknown = Reflect.get(schema, 'description');
  if (typeof description !== 'string') return undefined;
  return `${description.slice(0, 1).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
}

const NAME = '^[a-zA-Z0-9\\-_.]+$';
const NAME_TAKES = 'takes letters, digits, "-", "_" and "." only';

/** As Svix's API has names, uids, channels and tags. */
export function identifier(maxLength: number, example: string): TString {
  return patterned(NAME, NAME_TAKES, example, { minLength: 1, maxLength });
}

/** The same where it could be taken for an id: one that begins like it is refused. */
export function identifierUnlike(prefix: string, example: string): TString {
  const takes = `${NAME_TAKES}, and does not begin with "${prefix}"`;
  const bounds = { minLength: 1, maxLength: 256 };
  return patterned(`^(?!${prefix})[a-zA-Z0-9\\-_.]+$`, takes, example, bounds);
}

export const currency = patterned(
  '^[A-Z]{3}$',
  'takes three capital letters, the code of a currency by ISO 4217',
  'EUR',
);
