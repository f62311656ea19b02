/** Configuration as the code sees it. The ledger keeps each record as one document; ids are the numbers of core/ids.ts. */
export type Application = {
  readonly id: number;
  readonly uid: string | null;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly throttleRate: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type Endpoint = {
  readonly id: number;
  readonly appId: number;
  readonly uid: string | null;
  readonly url: string;
  readonly description: string;
  readonly disabled: boolean;
  /** Why Holdfast disabled it by itself; null where a person did, or where it is enabled. */
  readonly disabledReason: string | null;
  /** null: all of them. */
  readonly eventTypes: readonly string[] | null;
  /** null: all messages; otherwise those with at least one of these channels. */
  readonly channels: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly throttleRate: number | null;
  /** The current secret first, sealed; the others sign alongside until they expire. */
  readonly secrets: readonly SealedSecret[];
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type SealedSecret = { readonly sealed: string; readonly expiresAt: number | null };

/** Kept as the hash alone: the token itself is shown once. */
export type Token = {
  readonly id: number;
  readonly name: string;
  readonly hash: string;
  readonly createdAt: number;
};
