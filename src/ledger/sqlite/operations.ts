import type { DatabaseSync } from 'node:sqlite';
import type { Telling } from '../contract/acceptance.ts';
import type { Ledger, Reads, Writes } from '../contract/ledger.ts';
import { prepareAccept } from './statements/accept.statement.ts';
import {
  prepareCancel,
  prepareHeal,
  prepareReadAct,
  prepareReplay,
  prepareStartAct,
  prepareStepAct,
} from './statements/act.statement.ts';
import {
  prepareAlertEvents,
  prepareEndedAlerts,
  prepareListAlerts,
  prepareReadAlert,
  prepareStoreAlerts,
} from './statements/alert.statement.ts';
import {
  prepareDueNotifications,
  prepareNotificationHeads,
  prepareNotificationsOf,
  prepareSettleNotifications,
} from './statements/notification.statement.ts';
import { prepareAudit } from './statements/audit.statement.ts';
import {
  prepareCertificates,
  prepareCertificatesToRenew,
  prepareExpiringCertificates,
  prepareObserveCertificate,
} from './statements/certificate.statement.ts';
import { prepareObserve } from './statements/observation.statement.ts';
import {
  prepareDetectorMemories,
  prepareRememberDetectors,
} from './statements/detector.statement.ts';
import { prepareDriftMemories, prepareRememberDrift } from './statements/drift.statement.ts';
import {
  prepareChange,
  prepareChanges,
  prepareChangesOf,
  prepareRecordChange,
  prepareReseal,
} from './statements/change.statement.ts';
import { prepareCanaryCounts, prepareFirstDurations } from './statements/canary.statement.ts';
import {
  prepareCorrectionRecords,
  preparePreviewCorrection,
  prepareReadCorrection,
  prepareStartCorrection,
  prepareStepCorrection,
} from './statements/correct.statement.ts';
import {
  prepareIncidentOfAlert,
  prepareListIncidents,
  prepareReadIncident,
  prepareStoreIncidents,
  prepareTimeline,
  prepareTimelineLength,
} from './statements/incident.statement.ts';
import { prepareClaim } from './statements/claim.statement.ts';
import {
  prepareCloseLane,
  prepareEndLeases,
  prepareLanes,
  prepareRelease,
} from './statements/leases.statement.ts';
import { prepareExpungePayload, prepareExpungeResponse } from './statements/expunge.statement.ts';
import {
  prepareAttemptedMessages,
  prepareEndpointStats,
} from './statements/endpoint-history.statement.ts';
import {
  prepareAttemptsOf,
  prepareAttemptsTo,
  prepareDeadLetters,
  prepareDeliveriesOf,
  prepareListActs,
  prepareListMessages,
  prepareMessageAt,
  prepareReadMessage,
  prepareReadMessageByEventId,
  prepareRunningActs,
} from './statements/query.statement.ts';
import {
  prepareListResources,
  prepareListResourcesByUid,
  prepareListResourcesOfKind,
  prepareReadResource,
  prepareReadResourceByUid,
} from './statements/resource.statement.ts';
import { prepareOutcomes } from './statements/outcomes.statement.ts';
import { prepareSampleDeliveries } from './statements/sample.statement.ts';
import { preparePolicyUsers } from './statements/policy-users.statement.ts';
import { preparePurge } from './statements/purge.statement.ts';
import {
  prepareActionItems,
  preparePostmortemVersions,
  prepareReadActionItem,
  prepareReadPostmortem,
  prepareStoreReview,
} from './statements/review.statement.ts';
import { prepareRetentionPeriods } from './statements/retention-period.statement.ts';
import { prepareResumeTypes } from './statements/resume-types.statement.ts';
import { prepareRemember, prepareRemembered } from './statements/remember.statement.ts';
import {
  prepareLaneBacklog,
  prepareLaneMemories,
  prepareRememberLane,
} from './statements/lane.statement.ts';
import { prepareStoreTimings, prepareTimings } from './statements/timing.statement.ts';
import { prepareCompareSli } from './statements/sli-compare.statement.ts';
import { prepareKeepSli, prepareSetDeliveryDeadline } from './statements/sli-keep.statement.ts';
import { prepareCountAges } from './statements/lane-ages.statement.ts';
import { prepareBacklog } from './statements/backlog.statement.ts';
import { prepareAffectedMessages } from './statements/affected.statement.ts';
import { prepareSliValue } from './statements/sli-value.statement.ts';
import { prepareSliOfDay } from './statements/sli-of-day.statement.ts';
import { prepareSliOutcomes } from './statements/sli-outcomes.statement.ts';
import { prepareSli } from './statements/sli.statement.ts';
import type { SliCounter } from './sli-counter.ts';
import { prepareSettle } from './statements/settle.statement.ts';

/** The contract's operations as SQLite carries them out: synchronous, on one connection. */
export type Synchronous<Contract> = {
  [Name in keyof Contract]: Contract[Name] extends (request: infer Request) => Promise<infer Result>
    ? (request: Request) => Result
    : never;
};

export function prepareWrites(database: DatabaseSync, sli: SliCounter): Synchronous<Writes> {
  const periods = prepareRetentionPeriods(database);
  const accept = prepareAccept(database, periods, sli);
  const settle = prepareSettle(database, sli);
  const rememberLane = prepareRememberLane(database);
  const change = prepareChange(database);
  const stepAct = prepareStepAct(database);
  const stepCorrection = prepareStepCorrection(database);
  const storeIncidents = prepareStoreIncidents(database);
  const tell = ({ notices = [] }: Telling): void => {
    for (const notice of notices) accept(notice);
  };
  return {
    accept,
    acceptAll: (acceptances) => acceptances.map(accept),
    claim: prepareClaim(database),
    settle: (settlement) => {
      const result = settle(settlement);
      if (result === 'settled') tell(settlement);
      return result;
    },
    rememberLane: ({ endpointId, memory }) => rememberLane(endpointId, memory),
    storeTimings: prepareStoreTimings(database),
    rememberDetectors: prepareRememberDetectors(database),
    rememberDrift: prepareRememberDrift(database),
    release: prepareRelease(database),
    endLeases: prepareEndLeases(database),
    resumeTypes: prepareResumeTypes(database),
    closeLane: prepareCloseLane(database),
    replay: prepareReplay(database),
    cancel: prepareCancel(database),
    startAct: prepareStartAct(database),
    startCorrection: prepareStartCorrection(database),
    stepAct: (step) => stepCorrection(step) ?? stepAct(step),
    heal: prepareHeal(database),
    expungePayload: prepareExpungePayload(database),
    expungeResponse: prepareExpungeResponse(database),
    purge: preparePurge(database, periods, sli),
    change: (request) => {
      const result = change(request);
      if (result.kind === 'changed') tell(request);
      return result;
    },
    reseal: prepareReseal(database),
    recordChange: prepareRecordChange(database),
    remember: prepareRemember(database),
    observeCertificate: prepareObserveCertificate(database),
    observe: prepareObserve(database),
    storeAlerts: prepareStoreAlerts(database),
    settleNotifications: prepareSettleNotifications(database),
    storeIncidents: (request) => {
      storeIncidents(request);
      tell(request);
    },
    storeReview: prepareStoreReview(database),
    setDeliveryDeadline: prepareSetDeliveryDeadline(database, sli),
    keepSli: prepareKeepSli(database, sli),
    sliTouched: ({ since }) => sli.touched.since(since),
    countAges: prepareCountAges(database, sli),
  };
}

export function prepareReads(database: DatabaseSync): Synchronous<Reads> {
  return {
    certificates: prepareCertificates(database),
    certificatesToRenew: prepareCertificatesToRenew(database),
    expiringCertificates: prepareExpiringCertificates(database),
    changes: prepareChanges(database),
    changesOf: prepareChangesOf(database),
    lanes: prepareLanes(database),
    laneMemories: prepareLaneMemories(database),
    detectorMemories: prepareDetectorMemories(database),
    driftMemories: prepareDriftMemories(database),
    timings: prepareTimings(database),
    outcomes: prepareOutcomes(database),
    sampleDeliveries: prepareSampleDeliveries(database),
    laneBacklog: prepareLaneBacklog(database),
    backlog: prepareBacklog(database),
    canaryCounts: prepareCanaryCounts(database),
    firstDurations: prepareFirstDurations(database),
    message: prepareReadMessage(database),
    messageByEventId: prepareReadMessageByEventId(database),
    messages: prepareListMessages(database),
    deliveriesOf: prepareDeliveriesOf(database),
    attemptsOf: prepareAttemptsOf(database),
    attemptsTo: prepareAttemptsTo(database),
    attemptedMessages: prepareAttemptedMessages(database),
    endpointStats: prepareEndpointStats(database),
    remembered: prepareRemembered(database),
    deadLetters: prepareDeadLetters(database),
    act: prepareReadAct(database),
    correction: prepareReadCorrection(database),
    correctionRecords: prepareCorrectionRecords(database),
    previewCorrection: preparePreviewCorrection(database),
    runningActs: prepareRunningActs(database),
    acts: prepareListActs(database),
    resource: prepareReadResource(database),
    resourceByUid: prepareReadResourceByUid(database),
    resources: prepareListResources(database),
    resourcesOfKind: prepareListResourcesOfKind(database),
    resourcesByUid: prepareListResourcesByUid(database),
    policyUsers: preparePolicyUsers(database),
    messageAt: prepareMessageAt(database),
    audit: prepareAudit(database),
    alert: prepareReadAlert(database),
    alerts: prepareListAlerts(database),
    endedAlerts: prepareEndedAlerts(database),
    alertEvents: prepareAlertEvents(database),
    notificationsOf: prepareNotificationsOf(database),
    dueNotifications: prepareDueNotifications(database),
    notificationHeads: prepareNotificationHeads(database),
    incident: prepareReadIncident(database),
    incidents: prepareListIncidents(database),
    incidentOfAlert: prepareIncidentOfAlert(database),
    timeline: prepareTimeline(database),
    timelineLength: prepareTimelineLength(database),
    postmortem: prepareReadPostmortem(database),
    postmortemVersions: preparePostmortemVersions(database),
    actionItem: prepareReadActionItem(database),
    actionItems: prepareActionItems(database),
    sli: prepareSli(database),
    sliValue: prepareSliValue(database),
    affectedMessages: prepareAffectedMessages(database),
    sliOutcomes: prepareSliOutcomes(database),
    sliOfDay: prepareSliOfDay(database),
    compareSli: prepareCompareSli(database),
  };
}

export const writeNames = [
  'accept',
  'acceptAll',
  'claim',
  'settle',
  'rememberLane',
  'storeTimings',
  'rememberDetectors',
  'rememberDrift',
  'release',
  'endLeases',
  'resumeTypes',
  'closeLane',
  'replay',
  'cancel',
  'startAct',
  'startCorrection',
  'stepAct',
  'heal',
  'expungePayload',
  'expungeResponse',
  'purge',
  'change',
  'reseal',
  'recordChange',
  'remember',
  'observeCertificate',
  'observe',
  'storeAlerts',
  'settleNotifications',
  'storeIncidents',
  'storeReview',
  'setDeliveryDeadline',
  'keepSli',
  'countAges',
  'sliTouched',
] as const satisfies readonly (keyof Writes)[];

export const readNames = [
  'certificates',
  'certificatesToRenew',
  'expiringCertificates',
  'changes',
  'changesOf',
  'lanes',
  'laneMemories',
  'detectorMemories',
  'driftMemories',
  'timings',
  'outcomes',
  'sampleDeliveries',
  'laneBacklog',
  'backlog',
  'canaryCounts',
  'firstDurations',
  'message',
  'messageByEventId',
  'messages',
  'deliveriesOf',
  'attemptsOf',
  'attemptsTo',
  'attemptedMessages',
  'endpointStats',
  'remembered',
  'deadLetters',
  'act',
  'correction',
  'correctionRecords',
  'previewCorrection',
  'runningActs',
  'acts',
  'resource',
  'resourceByUid',
  'resources',
  'resourcesOfKind',
  'resourcesByUid',
  'policyUsers',
  'messageAt',
  'audit',
  'alert',
  'alerts',
  'endedAlerts',
  'alertEvents',
  'notificationsOf',
  'dueNotifications',
  'notificationHeads',
  'incident',
  'incidents',
  'incidentOfAlert',
  'timeline',
  'timelineLength',
  'postmortem',
  'postmortemVersions',
  'actionItem',
  'actionItems',
  'sli',
  'sliValue',
  'affectedMessages',
  'sliOutcomes',
  'sliOfDay',
  'compareSli',
] as const satisfies readonly (keyof Reads)[];

export type OperationName = Exclude<keyof Ledger, 'mark' | 'newestId' | 'figures' | 'close'>;
