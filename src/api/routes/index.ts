import type { Route } from '../route.ts';
import * as actionItem from './action-item.route.ts';
import * as alertRoute from './alert-route.route.ts';
import * as alert from './alert.route.ts';
import * as application from './application.route.ts';
import * as attempt from './attempt.route.ts';
import * as authentication from './authentication.route.ts';
import * as batch from './batch.route.ts';
import * as canary from './canary.route.ts';
import * as certificate from './certificate.route.ts';
import * as board from './board.route.ts';
import * as change from './change.route.ts';
import * as correction from './correction.route.ts';
import * as contract from './contract.route.ts';
import * as deadLetter from './dead-letter.route.ts';
import * as delivery from './delivery.route.ts';
import * as drift from './drift.route.ts';
import * as endpointHeaders from './endpoint-headers.route.ts';
import * as endpointHistory from './endpoint-history.route.ts';
import * as endpointSecret from './endpoint-secret.route.ts';
import * as endpoint from './endpoint.route.ts';
import * as explanation from './explanation.route.ts';
import * as eventTypeUse from './event-type-use.route.ts';
import * as eventType from './event-type.route.ts';
import * as incidentCause from './incident-cause.route.ts';
import * as incidentMitigation from './incident-mitigation.route.ts';
import * as incidentMove from './incident-move.route.ts';
import * as incidentRule from './incident-rule.route.ts';
import * as incidentTimeline from './incident-timeline.route.ts';
import * as incidentUpdate from './incident-update.route.ts';
import * as incident from './incident.route.ts';
import * as lane from './lane.route.ts';
import * as maintenance from './maintenance.route.ts';
import * as message from './message.route.ts';
import * as notifier from './notifier.route.ts';
import * as endpointValidate from './endpoint-validate.route.ts';
import * as pause from './pause.route.ts';
import * as payloadVersion from './payload-version.route.ts';
import * as objective from './objective.route.ts';
import * as postmortem from './postmortem.route.ts';
import * as policy from './policy.route.ts';
import * as policyUse from './policy-use.route.ts';
import * as policyValidate from './policy-validate.route.ts';
import * as overview from './overview.route.ts';
import * as practice from './practice.route.ts';
import * as service from './service.route.ts';
import * as status from './status.route.ts';
import * as story from './story.route.ts';
import * as timing from './timing.route.ts';
import * as token from './token.route.ts';

/** Every route there is. */
export const routes: readonly Route[] = [
  application.createApplication,
  application.listApplications,
  application.getApplication,
  application.putApplication,
  application.patchApplication,
  application.deleteApplication,
  endpoint.createEndpoint,
  endpoint.listEndpoints,
  endpoint.getEndpoint,
  endpoint.putEndpoint,
  endpoint.patchEndpoint,
  endpoint.deleteEndpoint,
  endpointHeaders.getEndpointHeaders,
  endpointHeaders.putEndpointHeaders,
  endpointHeaders.patchEndpointHeaders,
  endpointSecret.getEndpointSecret,
  endpointSecret.rotateEndpointSecret,
  endpointHistory.getEndpointStats,
  timing.getEndpointTiming,
  endpointHistory.recoverEndpoint,
  endpointHistory.sendExample,
  lane.getLane,
  lane.patchLane,
  lane.pauseLane,
  lane.resumeLane,
  lane.switchAlternate,
  lane.openCircuit,
  lane.closeCircuit,
  lane.listRestingLanes,
  endpointValidate.validateEndpoint,
  payloadVersion.getPayloadVersions,
  payloadVersion.putPayloadVersions,
  policy.createPolicy,
  policy.listPolicies,
  policyValidate.validatePolicy,
  policy.getPolicy,
  policy.putPolicy,
  policy.patchPolicy,
  policy.deletePolicy,
  policy.listPolicyVersions,
  policyUse.listPolicyUsers,
  policyUse.getApplicationPolicy,
  policyUse.putApplicationPolicy,
  policyUse.getEndpointPolicy,
  policyUse.putEndpointPolicy,
  objective.createObjective,
  objective.listObjectives,
  objective.previewObjective,
  objective.replayObjective,
  objective.readObjectives,
  objective.getObjective,
  objective.putObjective,
  objective.patchObjective,
  objective.deleteObjective,
  objective.getObjectiveStatus,
  objective.getObjectiveHistory,
  objective.getObjectiveOpenSlo,
  explanation.explainObjective,
  board.getBoard,
  board.createBoardLink,
  canary.startCanary,
  canary.getCanary,
  canary.pauseCanary,
  canary.resumeCanary,
  canary.promoteCanary,
  canary.stopCanary,
  canary.listCanaries,
  eventType.createEventType,
  eventType.listEventTypes,
  eventType.getEventType,
  eventTypeUse.listReceivers,
  eventTypeUse.getEventTypeExample,
  eventType.putEventType,
  eventType.patchEventType,
  eventType.deleteEventType,
  drift.getDrift,
  drift.putDrift,
  drift.acceptDrift,
  message.createMessage,
  batch.createMessages,
  message.listMessages,
  message.getMessage,
  message.expungeMessageContent,
  delivery.listDeliveriesOfMessage,
  delivery.listAttemptedDestinations,
  delivery.listAttemptedMessages,
  attempt.listAttemptsOfMessage,
  attempt.listAttemptsToEndpoint,
  attempt.getAttempt,
  attempt.expungeAttemptContent,
  attempt.resend,
  deadLetter.cancelOne,
  deadLetter.listDeadLetters,
  deadLetter.cancelMany,
  deadLetter.redrive,
  deadLetter.listActs,
  deadLetter.getAct,
  correction.correct,
  correction.getCorrection,
  correction.listCorrectionRecords,
  contract.getContract,
  contract.putContract,
  contract.patchContract,
  contract.getCompatibility,
  contract.checkContract,
  contract.putConsumer,
  contract.getConsumer,
  contract.deleteConsumer,
  payloadVersion.getConversion,
  payloadVersion.putConversion,
  payloadVersion.deleteConversion,
  certificate.listCertificates,
  change.listChanges,
  change.getChange,
  change.previewRevert,
  change.revertChanges,
  change.markDeploy,
  change.listChangesOfApplication,
  alert.listAlerts,
  alert.getAlert,
  explanation.getAlertExplanation,
  alert.acknowledgeAlert,
  alert.resolveAlert,
  alert.silenceAlert,
  incident.listIncidents,
  incident.openIncident,
  incident.getFigures,
  incident.getIncident,
  incident.patchIncident,
  incidentMove.acknowledgeIncident,
  incidentMove.assignRole,
  incidentMove.setSeverity,
  incidentMove.setMarker,
  incidentMove.setReviewMarker,
  incidentUpdate.draftOfUpdate,
  incidentMove.writeUpdate,
  incidentMove.addHypothesis,
  incidentMove.addFix,
  incidentMove.addPrevention,
  incidentMove.reviewIncident,
  incidentMove.closeIncident,
  incidentMove.declineIncident,
  incidentMove.mergeIncident,
  incidentMove.reopenIncident,
  incidentCause.listSuspects,
  incidentCause.explainIncident,
  incidentCause.judge,
  incidentMitigation.getMenu,
  incidentMitigation.mitigate,
  incidentMitigation.undo,
  incidentMitigation.keep,
  incidentTimeline.listTimeline,
  incidentTimeline.writeNote,
  incidentRule.createIncidentRule,
  incidentRule.listIncidentRules,
  incidentRule.getIncidentRule,
  incidentRule.putIncidentRule,
  incidentRule.deleteIncidentRule,
  postmortem.listFacts,
  postmortem.getDrillFile,
  postmortem.getPostmortem,
  postmortem.draftPostmortem,
  postmortem.editPostmortem,
  postmortem.previewPostmortem,
  postmortem.submitPostmortem,
  postmortem.returnPostmortem,
  postmortem.publishPostmortem,
  postmortem.commentPostmortem,
  postmortem.resolveComment,
  postmortem.listVersions,
  postmortem.exportRoute,
  actionItem.addActionItem,
  actionItem.listIncidentActions,
  actionItem.listActions,
  actionItem.getAction,
  actionItem.patchAction,
  actionItem.doneAction,
  actionItem.notDoingAction,
  actionItem.reopenAction,
  actionItem.verifyAction,
  actionItem.tellResult,
  story.listPrompts,
  story.draftStory,
  story.scoreStoryText,
  practice.judge,
  practice.nextQuizRound,
  maintenance.createMaintenance,
  maintenance.listMaintenances,
  maintenance.endMaintenance,
  pause.beginPause,
  pause.listPauses,
  pause.patchPause,
  pause.endPause,
  notifier.createNotifier,
  notifier.listNotifiers,
  notifier.getNotifier,
  notifier.putNotifier,
  notifier.deleteNotifier,
  notifier.testNotifier,
  alertRoute.createRoute,
  alertRoute.listRoutes,
  alertRoute.getRoute,
  alertRoute.putRoute,
  alertRoute.deleteRoute,
  authentication.appPortalAccess,
  authentication.logout,
  token.createToken,
  token.listTokens,
  token.revokeToken,
  status.createStatusLink,
  status.getStatusOfApplication,
  status.linkStatusOfApplication,
  overview.getOverview,
  service.getSettings,
  service.getAudit,
  service.health,
  service.ping,
  service.readiness,
];
