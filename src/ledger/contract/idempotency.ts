export type IdempotencyWrites = {
  /** Keeps an answer under an idempotency key until it expires. */
  remember(
    request: Remembered & { readonly key: string; readonly expiresAt: number },
  ): Promise<void>;
};

export type IdempotencyReads = {
  remembered(request: { readonly key: string; readonly now: number }): Promise<Remembered | null>;
};

/** The first answer to a request that carried an idempotency key, and what tells a repetition from a conflict. */
export type Remembered = { readonly contentHash: string; readonly answer: string };
