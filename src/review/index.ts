export {
  flags,
  lint,
  replacementsOf,
  type Finding,
  type FlagId,
  type LintOptions,
  type LintReport,
  type Section,
  type Unread,
} from './blameless/index.ts';
export {
  actionBounds,
  actionStates,
  actionTypes,
  isOverdue,
  isVerified,
  notReplayed,
  type ActionFields,
  type ActionItem,
  type ActionMove,
  type ActionType,
  type NotReplayed,
  type ProposedDetector,
  type Verification,
  type VerificationResult,
} from './action-item.ts';
export {
  drillFileBounds,
  readDrillFile,
  type DrillFault,
  type DrillFile,
  type DrillOutcome,
  type DrillTraffic,
} from './drill-file.ts';
export { exportDrill } from './export-drill.ts';
export { exportFormats, exportPostmortem, type ExportFormat } from './export.ts';
export type { Fact } from './fact.ts';
export { factsOf, type FactsInput } from './facts.ts';
export {
  anchorOf,
  postmortemBounds,
  postmortemStates,
  type Postmortem,
  type PostmortemVersion,
} from './postmortem.ts';
export { readFactsInput } from './read-facts.ts';
export { postmortemBody } from './postmortem-html.ts';
export { factsUsed } from './references.ts';
export {
  createReviews,
  type ActionItemDraft,
  type PostmortemRequest,
  type ReadPostmortem,
  type Reviews,
} from './reviews.ts';
export { actionItemOf, versionOf } from './stored.ts';
export { templateNames } from './templates.ts';
export { createShownPlaces } from './shown.ts';
export type { DrillRunner, Verified } from './verify/verify.ts';
export { createReviewWatch, type ReviewWatch } from './watch.ts';
