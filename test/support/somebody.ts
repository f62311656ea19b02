import type { ChangeBy } from '../../src/ledger/index.ts';

/** Who changes configuration in tests where it does not matter who. */
export const somebody: ChangeBy = { actor: 'somebody', via: 'api', reason: 'a test' };
