/**
 * Every failure that Holdfast names: its code, its HTTP status and a sentence that says what to do.
 * A code is never reused. docs/reference/errors.md and a test keep this table, the docs and the API in step.
 */
export const errorTable = {
  // What a request may get wrong.
  malformed_json: [
    400,
    'The request body is not valid JSON. Send UTF-8 JSON with content-type application/json.',
  ],
  malformed_request: [
    400,
    'The request is not valid HTTP, or its path is not valid percent-encoding. Correct how it is written.',
  ],
  headers_too_large: [
    431,
    'The path and the headers of the request are over 16 kB together. Shorten them.',
  ],
  request_timeout: [408, 'The request did not arrive whole in time. Send it again.'],
  validation: [
    422,
    'A field of the request has the wrong type, length or form. Correct the named field.',
  ],
  url_invalid: [
    422,
    'The endpoint URL must be absolute http or https, without credentials. Correct the URL.',
  ],
  address_refused: [
    422,
    'The URL leads to an address that is not public. Use a public address, or allow the subnet in allowedSubnets.',
  ],
  secret_invalid: [
    422,
    'The secret has no valid form. Use whsec_ and base64 of 24 to 64 bytes, or omit it.',
  ],
  policy_invalid: [422, 'The retry policy is out of bounds. Correct the named field.'],
  payload_too_large: [
    413,
    'The payload is over the limit. Send a smaller one, or raise payloadLimitBytes.',
  ],
  unsupported_media_type: [
    415,
    'Only application/json is accepted here. Set the content-type header.',
  ],
  authentication_failed: [
    401,
    'The token is missing or not valid. Send "Authorization: Bearer <token>".',
  ],
  insufficient_access: [
    403,
    'The token is valid but does not reach this. Use a token with the needed scope.',
  ],
  csrf_refused: [
    403,
    'A session changes something from its own pages alone. Send x-csrf-token as GET /session gives it, from the same origin.',
  ],
  sign_in_failed: [
    403,
    'The OpenID provider named nobody who may come in here. Sign in again, or by a token.',
  ],
  not_found: [
    404,
    'Nothing is stored under that id or uid. Check it, and that the token may see it.',
  ],
  route_not_found: [404, 'There is no such route. See the API reference for the paths.'],
  conflict: [
    409,
    'Something with that uid or name exists already. Use another, or update the existing one.',
  ],
  event_id_conflict: [
    409,
    'That event id was used for a message with another content. Use a new event id, or send the same content.',
  ],
  idempotency_conflict: [
    409,
    'That idempotency key was used for another request. Use a new key, or repeat the same request.',
  ],
  policy_in_use: [
    409,
    'Applications or endpoints refer to this policy. Put them under another one first.',
  ],
  change_conflict: [
    409,
    'Later changes altered what would go back. Look at the preview, then say which of them to keep.',
  ],
  not_revertible: [
    422,
    'This change has no way back from here. Make the change that you want instead.',
  ],
  state_conflict: [
    409,
    'The delivery is not in a state that allows this. Look at its state first.',
  ],
  canary_running: [
    409,
    'A canary of this endpoint tries just that. Promote it, stop it, or wait for its end first.',
  ],
  // What the service may be unable to do now.
  rate_limited: [
    429,
    'This token sends more requests than it may. Send again after the given seconds.',
  ],
  overloaded: [
    503,
    'The intake queue is full and nothing was stored. Send again after the given seconds.',
  ],
  stopping: [
    503,
    'The service is shutting down and nothing was stored. Send again to the next instance.',
  ],
  ledger_full: [
    503,
    'The disk or the ledger is full and nothing was stored. Free space, then send again.',
  ],
  ledger_unavailable: [
    503,
    'The ledger cannot be written and nothing was stored. See the log, then send again.',
  ],
  // What stops the service from starting, or the ledger from being used.
  ledger_in_use: [503, 'Another process uses this ledger. Stop it, or start with another dataDir.'],
  ledger_corrupt: [
    503,
    'The ledger file is damaged. Stop, keep a copy, and restore it from a backup.',
  ],
  ledger_not_openable: [
    503,
    'The ledger cannot be opened. Check that dataDir exists and is writable.',
  ],
  ledger_newer: [
    503,
    'The ledger was written by a newer Holdfast. Start that version or a later one.',
  ],
  key_mismatch: [
    503,
    'The encryption key does not open what the ledger holds. Give the key that it was made with.',
  ],
  config_invalid: [500, 'A setting is not valid. Correct the named setting.'],
  // What a signature check may find.
  signature_invalid: [
    400,
    'The signature does not match. Check secret, timestamp and that the body is unchanged.',
  ],
  // What the command line may meet.
  service_unreachable: [503, 'No Holdfast answers at that address. Start it, or give --url.'],
  source_invalid: [
    502,
    'The server to copy from answered what cannot be copied. Correct it there, then import again.',
  ],
  identity_provider_failed: [
    502,
    'The OpenID provider gave no usable answer. Sign in by a token until it does.',
  ],
  model_failed: [
    502,
    'The language model gave no usable answer. Correct the HOLDFAST_LLM_ settings, or go without it.',
  ],
  internal: [
    500,
    'Holdfast met an error of its own; it is in the log with this request id. Nothing was lost.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ErrorCode = keyof typeof errorTable;

export type FaultOptions = {
  /** What happened in this case, a full sentence; without it the table's sentence speaks. */
  readonly detail?: string | undefined;
  /** The offending field, as the user wrote it: `eventType`, `body.payload`, `HOLDFAST_PORT`. */
  readonly field?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
};

/** The one error class: an error with a code is for the user, every other throw is our bug. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: FaultOptions = {}) {
    super(
      options.detail ?? errorTable[code][1],
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'HoldfastError';
    this.code = code;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return errorTable[this.code][0];
  }
}

export function fault(code: ErrorCode, options?: FaultOptions): HoldfastError {
  return new HoldfastError(code, options);
}

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(errorTable, text);
}
