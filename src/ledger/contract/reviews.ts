/** A postmortem as src/review writes it: one for an incident. */
export type StoredPostmortem = {
  readonly incidentId: number;
  readonly doc: string;
};

/** One version of a postmortem's text; none is ever written over. */
export type StoredVersion = {
  readonly incidentId: number;
  /** From 1. */
  readonly nth: number;
  readonly doc: string;
};

export type StoredActionItem = {
  readonly id: number;
  readonly incidentId: number;
  /** null: nobody said when. */
  readonly dueAt: number | null;
  readonly isOpen: boolean;
  readonly doc: string;
};

export type ActionItemsQuery = {
  readonly incidentId?: number | undefined;
  readonly isOpen?: boolean | undefined;
  /** Exclusive; open ones without a date are never due. */
  readonly dueBefore?: number | undefined;
  readonly afterId?: number | undefined;
  readonly limit: number;
};

export type ReviewWrites = {
  /** What a review says now, in one commit. A version that is there is refused as a mistake of the caller. */
  storeReview(request: {
    readonly postmortems: readonly StoredPostmortem[];
    readonly versions: readonly StoredVersion[];
    readonly actionItems: readonly StoredActionItem[];
  }): Promise<void>;
};

export type ReviewReads = {
  postmortem(incidentId: number): Promise<StoredPostmortem | null>;
  /** The newest first; `beforeNth` exclusive. */
  postmortemVersions(request: {
    readonly incidentId: number;
    readonly beforeNth?: number | undefined;
    readonly limit: number;
  }): Promise<readonly StoredVersion[]>;
  actionItem(id: number): Promise<StoredActionItem | null>;
  /** In the order of their ids. */
  actionItems(request: ActionItemsQuery): Promise<readonly StoredActionItem[]>;
};
