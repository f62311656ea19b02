/** A page of rows ordered by id: after (ascending) or before (descending) `afterId`, exclusive. */
export type Page = {
  readonly afterId?: number | undefined;
  readonly limit: number;
  readonly descending: boolean;
};
