import { seededRandom } from '../../src/core/index.ts';
import { openMemoryLedger } from '../../src/ledger/index.ts';
import { START } from '../support/ledger-scene.ts';
import { describeLedger } from './contract.ts';

const clock = { now: () => START, after: () => () => {} };

describeLedger('memory ledger', async () => openMemoryLedger({ clock, random: seededRandom(1) }));
