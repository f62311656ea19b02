import type { OperationId } from './operations.ts';

/** Where Holdfast answers otherwise than Svix's server, because it chose to. docs/reference/svix.md says why. */
export const differences = [
  'A repeated event id or idempotency key answers with the first message; with another content it is 409',
  'What the present state does not allow is 409, with a sentence',
  'Resending and recovering follow the whole retry schedule',
  'Recovery takes what was missed while the endpoint was disabled',
  'An example is made where the schema has none, and the answer shows it',
  'A token of an application sends examples to its endpoints',
  'The destinations of a message are all there, with their present status',
  'Statistics count deliveries',
  'An answer of 410 disables the endpoint at once',
  'PUT makes something under a uid only',
  'Errors have codes of one word and name the field; a wrong query is 422, malformed JSON is 400',
  'A URL with credentials in it, or to an address that is not public, is refused at once',
  'Browsers of other origins are let in by a setting only',
] as const;

type Unwritten = {
  readonly operations: readonly OperationId[] | 'all';
  readonly status: number;
  /** Only of requests that the contract complains of so; without it, the contract has no such status. */
  readonly complaint?: string;
};

/** What Svix's server does too, but its document leaves out. */
const unwritten: readonly Unwritten[] = [
  { operations: 'all', status: 413 },
  {
    operations: [
      'v1.message.expunge-content',
      'v1.message-attempt.expunge-content',
      'v1.health.get',
    ],
    status: 204,
  },
  { operations: ['logout_api_v1_auth_logout__post'], status: 401 },
  {
    operations: ['patch_application', 'patch_endpoint'],
    status: 200,
    complaint: 'the request/metadata must be object',
  },
];

/** @param complaint the contract's, or undefined where it says nothing of the status. */
export function isUnwritten(operation: string, status: number, complaint?: string): boolean {
  return unwritten.some(
    (one) =>
      one.status === status &&
      one.complaint === complaint &&
      (one.operations === 'all' || one.operations.some((id) => id === operation)),
  );
}
