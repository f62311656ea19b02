import { readText } from './answers.ts';

/** A token as the API shows it: never the token itself. */
export type TokenAnswer = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly isRevoked: boolean;
  readonly createdAt: string;
};

export function readToken(value: unknown): TokenAnswer {
  return {
    id: readText(value, 'id'),
    name: readText(value, 'name'),
    scope: readText(value, 'scope'),
    isRevoked:
      typeof value === 'object' &&
      value !== null &&
      'isRevoked' in value &&
      value.isRevoked === true,
    createdAt: readText(value, 'createdAt'),
  };
}
