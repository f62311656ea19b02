import { shareSqliteLedger } from '../support/ledger-shared.ts';
import { describeLedger } from './contract.ts';

const shared = await shareSqliteLedger();

describeLedger('SQLite ledger', async () => shared.open());
