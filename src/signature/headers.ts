/** Header names of Standard Webhooks 1.0, section "Webhook headers". */
export const standardHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

/** The same three as Svix names them; receivers that verify with Svix's libraries read either set. */
export const svixHeaders = {
  id: 'svix-id',
  timestamp: 'svix-timestamp',
  signature: 'svix-signature',
} as const;

/** A header set by which a receiver finds id, timestamp and signature. */
export type SignatureHeaders = typeof standardHeaders | typeof svixHeaders;
