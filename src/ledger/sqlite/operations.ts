import type { DatabaseSync } from 'node:sqlite';
import type { Ledger, Reads, Writes } from '../contract.ts';
import { prepareAccept } from './statements/accept.statement.ts';
import {
  prepareCancel,
  prepareHeal,
  prepareReadAct,
  prepareReplay,
  prepareStartAct,
  prepareStepAct,
} from './statements/act.statement.ts';
import { prepareAudit } from './statements/audit.statement.ts';
import { prepareClaim } from './statements/claim.statement.ts';
import {
  prepareCloseLane,
  prepareEndLeases,
  prepareLanes,
  prepareRelease,
} from './statements/leases.statement.ts';
import {
  prepareAttemptsOf,
  prepareAttemptsTo,
  prepareDeadLetters,
  prepareDeliveriesOf,
  prepareListActs,
  prepareListMessages,
  prepareReadMessage,
  prepareRunningActs,
} from './statements/query.statement.ts';
import {
  prepareDeleteResource,
  prepareListResources,
  preparePutResource,
  prepareReadResource,
  prepareReadResourceByUid,
} from './statements/resource.statement.ts';
import { prepareSettle } from './statements/settle.statement.ts';

/** The contract's operations as SQLite carries them out: synchronous, on one connection. */
export type Synchronous<Contract> = {
  [Name in keyof Contract]: Contract[Name] extends (request: infer Request) => Promise<infer Result>
    ? (request: Request) => Result
    : never;
};

export function prepareWrites(database: DatabaseSync): Synchronous<Writes> {
  return {
    accept: prepareAccept(database),
    claim: prepareClaim(database),
    settle: prepareSettle(database),
    release: prepareRelease(database),
    endLeases: prepareEndLeases(database),
    closeLane: prepareCloseLane(database),
    replay: prepareReplay(database),
    cancel: prepareCancel(database),
    startAct: prepareStartAct(database),
    stepAct: prepareStepAct(database),
    heal: prepareHeal(database),
    putResource: preparePutResource(database),
    deleteResource: prepareDeleteResource(database),
  };
}

export function prepareReads(database: DatabaseSync): Synchronous<Reads> {
  return {
    lanes: prepareLanes(database),
    message: prepareReadMessage(database),
    messages: prepareListMessages(database),
    deliveriesOf: prepareDeliveriesOf(database),
    attemptsOf: prepareAttemptsOf(database),
    attemptsTo: prepareAttemptsTo(database),
    deadLetters: prepareDeadLetters(database),
    act: prepareReadAct(database),
    runningActs: prepareRunningActs(database),
    acts: prepareListActs(database),
    resource: prepareReadResource(database),
    resourceByUid: prepareReadResourceByUid(database),
    resources: prepareListResources(database),
    audit: prepareAudit(database),
  };
}

export const writeNames = [
  'accept',
  'claim',
  'settle',
  'release',
  'endLeases',
  'closeLane',
  'replay',
  'cancel',
  'startAct',
  'stepAct',
  'heal',
  'putResource',
  'deleteResource',
] as const satisfies readonly (keyof Writes)[];

export const readNames = [
  'lanes',
  'message',
  'messages',
  'deliveriesOf',
  'attemptsOf',
  'attemptsTo',
  'deadLetters',
  'act',
  'runningActs',
  'acts',
  'resource',
  'resourceByUid',
  'resources',
  'audit',
] as const satisfies readonly (keyof Reads)[];

export type OperationName = Exclude<keyof Ledger, 'mark' | 'newestId' | 'figures' | 'close'>;
