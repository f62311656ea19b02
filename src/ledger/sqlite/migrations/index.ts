import { spine } from './001-spine.ts';

/** Numbered by position, forward only, never edited once released: the schema's version is how many have run. */
export const migrations: readonly string[] = [spine];
