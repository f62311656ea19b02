/** What every record of configuration has. Ids are the numbers of core/ids.ts; moments are ms since the epoch. */
export type Stamped = {
  readonly id: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The change that wrote it last: an update says which one it has seen. */
  readonly revision: number;
};
