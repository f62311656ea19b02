import { Type, type TSchema } from 'typebox';
import {
  causeClasses,
  episodeMarkers,
  hypothesisStates,
  incidentBounds,
  incidentRoles,
  incidentStates,
  markerSources,
  mitigationKinds,
  reviewMarkers,
  rowSources,
  timelineKinds,
  type IncidentSeverity,
} from '../incident/index.ts';
import { conflictChoices } from '../change/index.ts';
import { recordOf } from './record-of.ts';
import { ChangeOut } from './change-shapes.ts';
import { OrderedPageQuery, PageQuery } from './shapes.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Union(texts.map((text) => Type.Literal(text)));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const dateTime = Type.String({ format: 'date-time' });
const strict = { additionalProperties: false } as const;
const { title: longestTitle, text: longestText, name: longestName } = incidentBounds;

const title = Type.String({ minLength: 1, maxLength: longestTitle });
const name = Type.String({ minLength: 1, maxLength: longestName });
const someText = Type.String({ maxLength: longestText });
const neededText = Type.String({ minLength: 1, maxLength: longestText });
const names = Type.Array(name, { maxItems: 50, uniqueItems: true });
const severity = Type.Unsafe<IncidentSeverity>(Type.Integer({ minimum: 1, maximum: 4 }));
const id = Type.String({ minLength: 1, maxLength: 600 });
const ids = (most: number) => Type.Array(id, { maxItems: most, uniqueItems: true });
const ms = orNull(Type.Integer({ minimum: 0 }));
const count = Type.Integer({ minimum: 0 });

const evidenceKinds = [
  'alert',
  'change',
  'incident',
  'mitigation',
  'hypothesis',
  'objective',
] as const;
const evidenceLink = Type.Union([
  Type.Object(
    { kind: oneOf(evidenceKinds), id: Type.String({ minLength: 1, maxLength: 256 }) },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('url'), url: Type.String({ minLength: 1, maxLength: 2048 }) },
    strict,
  ),
]);
const evidence = Type.Array(evidenceLink, { maxItems: incidentBounds.evidenceLinks });

/** Empty lists mean all. */
const sliceIn = Type.Object(
  {
    objective: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 63 }))),
    /** Ids or uids. */
    appIds: Type.Optional(ids(100)),
    /** Ids, or application/endpoint by their uids. */
    endpointIds: Type.Optional(ids(100)),
    eventTypes: Type.Optional(names),
  },
  strict,
);

const markerIn = { at: dateTime, note: neededText };

export const IncidentIn = Type.Object(
  {
    title,
    summary: Type.Optional(someText),
    /** 3, unless given. What is given, the impact does not move. */
    severity: Type.Optional(severity),
    owner: Type.Optional(Type.String({ maxLength: longestName })),
    consumers: Type.Optional(names),
    slice: Type.Optional(sliceIn),
    /** When it was noticed: now, unless given. */
    detectedAt: Type.Optional(dateTime),
    /** When the impact began: with its detection, unless given. */
    impactStartAt: Type.Optional(dateTime),
    detectedBy: Type.Optional(oneOf(['system', 'person'])),
    isDrill: Type.Optional(Type.Boolean()),
    /** Taken in after the fact: nothing is watched, nobody is told. */
    isRetrospective: Type.Optional(Type.Boolean()),
    /** What is known of its course already, in any order. */
    markers: Type.Optional(
      Type.Array(Type.Object({ marker: oneOf(episodeMarkers), ...markerIn }, strict), {
        maxItems: episodeMarkers.length,
      }),
    ),
  },
  strict,
);

export const IncidentPatch = Type.Object(
  {
    title: Type.Optional(title),
    summary: Type.Optional(someText),
    owner: Type.Optional(Type.String({ maxLength: longestName })),
    consumers: Type.Optional(names),
    causeClass: Type.Optional(oneOf(causeClasses)),
    slice: Type.Optional(sliceIn),
  },
  strict,
);

export const AcknowledgeIn = Type.Object({ note: Type.Optional(someText) }, strict);
export const RoleIn = Type.Object({ role: oneOf(incidentRoles), who: orNull(name) }, strict);
export const SeverityIn = Type.Object({ severity, reason: neededText }, strict);
export const MarkerIn = Type.Object(
  {
    marker: oneOf(episodeMarkers),
    /** Now, unless given. */
    at: Type.Optional(dateTime),
    /** How it is known: a marker that a person sets needs a reason. */
    note: Type.Optional(someText),
    evidence: Type.Optional(evidence),
  },
  strict,
);
export const ReviewMarkerIn = Type.Object(
  { marker: oneOf(reviewMarkers), at: Type.Optional(dateTime), note: Type.Optional(someText) },
  strict,
);
export const UpdateIn = Type.Object(
  {
    responders: neededText,
    /** What endpoint owners may read, on the status feed too; empty: nothing for them this time. */
    owners: Type.Optional(someText),
    /** When word is due again; 0: no more. By the clock of its severity while the impact lasts, none after it. */
    nextInMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080 })),
  },
  strict,
);
export const UpdateDraftOut = Type.Object({
  responders: Type.String(),
  owners: Type.String(),
  /** When word is due again once it is sent; null: no more. */
  nextDueAt: orNull(dateTime),
});
export const HypothesisIn = Type.Object(
  {
    cause: neededText,
    /** The outcome metric that it must move: the SLI of an objective that counts all that the incident hits, by name. */
    metric: Type.String({ minLength: 1, maxLength: longestName }),
    /** What would show it wrong. */
    refutedBy: neededText,
    changeIds: Type.Optional(ids(50)),
    /** The incident that it was copied from. */
    copiedFrom: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
  },
  strict,
);
export const JudgeIn = Type.Object(
  {
    state: oneOf(['confirmed', 'refuted']),
    verdict: Type.Optional(someText),
    /** The change that tests it, where it is none of those that the hypothesis names. */
    testedBy: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
  },
  strict,
);
export const FixIn = Type.Object(
  {
    text: neededText,
    changeId: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 64 }))),
    /** When it came into force: the change's moment, or now. */
    inForceAt: Type.Optional(dateTime),
  },
  strict,
);
export const PreventionIn = Type.Object({ text: neededText }, strict);
export const IncidentMoveIn = Type.Object({}, strict);
export const ReasonIn = Type.Object({ reason: neededText }, strict);
export const MergeIn = Type.Object({ into: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
export const ReopenIn = Type.Object(
  {
    /** What is back. */
    reason: neededText,
    /** Since when; now, unless given. */
    at: Type.Optional(dateTime),
  },
  strict,
);
export const NoteIn = Type.Object(
  {
    text: neededText,
    /** When it happened, which may be long ago; now, unless given. */
    at: Type.Optional(dateTime),
    evidence: Type.Optional(evidence),
  },
  strict,
);

export const IncidentsQuery = Type.Object({
  ...PageQuery.properties,
  /** Only those that did not end, or only those that did. */
  open: Type.Optional(Type.Boolean()),
});
export const TimelineQueryIn = Type.Object({
  ...OrderedPageQuery.properties,
  kind: Type.Optional(oneOf(timelineKinds)),
});

const MarkerOut = Type.Object({
  at: dateTime,
  source: oneOf(markerSources),
  by: Type.String(),
  note: Type.String(),
  setAt: dateTime,
});
const markersOut = (markers: readonly string[]) =>
  Type.Object(Object.fromEntries(markers.map((each) => [each, Type.Optional(MarkerOut)])));
const DurationsOut = Type.Object({
  /** Detected − impact start. */
  timeToDetectMs: ms,
  /** Mitigated − detected. */
  timeToMitigateMs: ms,
  /** Mitigated − impact start. */
  customerVisibleMs: ms,
});
const ImpactOut = Type.Object({
  at: dateTime,
  from: dateTime,
  failed: count,
  late: count,
  dead: count,
  lost: count,
  deliveries: count,
  messages: count,
  endpoints: count,
  applications: count,
  people: orNull(count),
  money: Type.Array(
    Type.Object({
      currency: Type.String(),
      delayed: Type.Number(),
      lost: Type.Number(),
      perWeek: Type.Number(),
    }),
  ),
});

const brief = {
  id: Type.String(),
  state: oneOf(incidentStates),
  title: Type.String(),
  severity: Type.Integer(),
  isSeverityByHand: Type.Boolean(),
  owner: Type.String(),
  consumers: Type.Array(Type.String()),
  slice: Type.Object({
    objective: orNull(Type.String()),
    appIds: Type.Array(Type.String()),
    endpointIds: Type.Array(Type.String()),
    eventTypes: Type.Array(Type.String()),
  }),
  causeClass: oneOf(causeClasses),
  detectedBy: oneOf(['system', 'person']),
  isDrill: Type.Boolean(),
  isRetrospective: Type.Boolean(),
  openedAt: dateTime,
  openedBy: Type.String(),
  endedAt: orNull(dateTime),
  mergedInto: orNull(Type.String()),
  roles: Type.Object(
    Object.fromEntries(incidentRoles.map((role) => [role, Type.Optional(Type.String())])),
  ),
  /** Of the present episode. */
  episode: Type.Integer({ minimum: 1 }),
  markers: markersOut(episodeMarkers),
  durations: DurationsOut,
  impact: orNull(ImpactOut),
};

export const IncidentOut = Type.Object(brief);

const HypothesisOut = Type.Object({
  id: Type.String(),
  state: oneOf(hypothesisStates),
  cause: Type.String(),
  metric: Type.String(),
  refutedBy: Type.String(),
  changeIds: Type.Array(Type.String()),
  by: Type.String(),
  at: dateTime,
  copiedFrom: orNull(Type.String()),
  judgedAt: orNull(dateTime),
  judgedBy: orNull(Type.String()),
  verdict: Type.String(),
});
const MitigationOut = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  target: Type.Object({}, { additionalProperties: true }),
  by: Type.String(),
  isAutomatic: Type.Boolean(),
  at: dateTime,
  changeIds: Type.Array(Type.String()),
  actId: orNull(Type.String()),
  undoneAt: orNull(dateTime),
  undoneBy: orNull(Type.String()),
  undoChangeIds: Type.Array(Type.String()),
  isReversible: Type.Boolean(),
  keptBecause: orNull(Type.String()),
});
const FixOut = Type.Object({
  id: Type.String(),
  text: Type.String(),
  changeId: orNull(Type.String()),
  inForceAt: dateTime,
  by: Type.String(),
  at: dateTime,
  heldAt: orNull(dateTime),
});
const PreventionOut = Type.Object({
  id: Type.String(),
  text: Type.String(),
  by: Type.String(),
  at: dateTime,
});

export const IncidentDetailOut = Type.Object({
  ...brief,
  summary: Type.String(),
  declinedBecause: Type.String(),
  episodes: Type.Array(
    Type.Object({
      nth: Type.Integer({ minimum: 1 }),
      markers: markersOut(episodeMarkers),
      durations: DurationsOut,
      alerts: Type.Array(
        Type.Object({
          alertId: Type.String(),
          count: Type.Integer({ minimum: 1 }),
          key: Type.String(),
          kind: Type.String(),
          group: Type.String(),
          title: Type.String(),
          firedAt: dateTime,
          severity: Type.String(),
          owner: Type.String(),
          explanation: orNull(Type.String()),
        }),
      ),
    }),
  ),
  reviewMarkers: markersOut(reviewMarkers),
  hypotheses: Type.Array(HypothesisOut),
  mitigations: Type.Array(MitigationOut),
  fixes: Type.Array(FixOut),
  preventions: Type.Array(PreventionOut),
  updateDueAt: orNull(dateTime),
  updatedAt: orNull(dateTime),
  timelineRows: count,
  /** How people call what its slice names, the first of them. */
  names: Type.Array(Type.String()),
});

const shareOut = Type.Object({ bad: count, of: count });
export const JudgementOut = Type.Object({
  incident: IncidentDetailOut,
  /** Of the SLI that it must move, around the change that tests it; null: nothing tests it, or it is a proxy. */
  movement: orNull(
    Type.Object({
      changedAt: dateTime,
      before: shareOut,
      after: shareOut,
      verdict: oneOf(['moved', 'unmoved', 'too_early']),
      text: Type.String(),
    }),
  ),
});

export const MitigationIn = Type.Object(
  {
    /** Of the menu. */
    kind: oneOf(mitigationKinds),
    /** What it is applied to: as the menu offers it, or with other values. */
    target: Type.Optional(recordOf(Type.Unknown(), { maxProperties: 20, maxNameLength: 64 })),
  },
  strict,
);
export const UndoIn = Type.Object(
  {
    /** What becomes of fields that somebody altered since; refuse, unless given. */
    onConflict: Type.Optional(oneOf(conflictChoices)),
  },
  strict,
);
const interactionOut = Type.Object({
  verdict: oneOf(['refuse', 'warn']),
  mitigationId: Type.String(),
  text: Type.String(),
});
const described = {
  kind: oneOf(mitigationKinds),
  title: Type.String(),
  does: Type.String(),
  /** 1: nearly nothing · 5: deliveries stand still for many. */
  costs: Type.Object({ level: Type.Integer({ minimum: 1, maximum: 5 }), words: Type.String() }),
  timeToEffect: Type.Object({ seconds: Type.Number(), words: Type.String() }),
  risk: Type.String(),
  undo: Type.String(),
  isReversible: Type.Boolean(),
};
export const MenuOut = Type.Object({
  /** What makes sense now, the cheapest first, then what can be undone, then the quickest. */
  data: Type.Array(
    Type.Object({
      ...described,
      target: Type.Object({}, { additionalProperties: true }),
      /** What speaks for it. */
      because: Type.String(),
      /** With mitigations that are in force. */
      interactions: Type.Array(interactionOut),
    }),
  ),
  /** Every kind that there is. */
  kinds: Type.Array(Type.Object(described)),
});
export const MitigatedOut = Type.Object({
  incident: IncidentDetailOut,
  mitigation: MitigationOut,
  interactions: Type.Array(interactionOut),
});

export const FiguresQuery = Type.Object({
  /** Of incidents detected since; 90 days ago, unless given. */
  from: Type.Optional(dateTime),
  /** And before; now, unless given. */
  to: Type.Optional(dateTime),
});
/** The middle one, and of how many. */
const median = Type.Object({ medianMs: orNull(Type.Number({ minimum: 0 })), count });
const figures = {
  incidents: count,
  retrospective: count,
  detect: median,
  acknowledge: median,
  mitigate: median,
  repair: median,
  visible: median,
  foundBySystem: count,
  recurring: count,
};
const figuresOut = Type.Object(figures);
export const FiguresOut = Type.Object({
  from: dateTime,
  to: dateTime,
  all: figuresOut,
  byCauseClass: Type.Array(Type.Object({ causeClass: oneOf(causeClasses), ...figures })),
  /** Staged ones; they are in nothing else here. */
  drills: figuresOut,
});

export const SuspectsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});
const coveredOut = Type.Object({ covered: count, of: count });
export const SuspectsOut = Type.Object({
  data: Type.Array(
    Type.Object({
      rank: Type.Integer({ minimum: 1 }),
      /** 0 to 1. */
      score: Type.Number(),
      at: dateTime,
      /** Below 0: it came after the impact began. */
      beforeImpactMs: Type.Number(),
      /** Bad first attempts that it is in force over, of all bad ones; and the same of good ones. */
      bad: coveredOut,
      good: coveredOut,
      /** Changes that are suspected with it, by id. */
      together: Type.Array(Type.String()),
      isRevertible: Type.Boolean(),
      reasons: Type.Array(Type.String()),
      change: ChangeOut,
    }),
  ),
});

export const TimelineRowOut = Type.Object({
  id: Type.String(),
  at: dateTime,
  kind: oneOf(timelineKinds),
  source: oneOf(rowSources),
  by: Type.String(),
  text: Type.String(),
  evidence: Type.Array(
    Type.Object({
      kind: Type.String(),
      id: Type.Optional(Type.String()),
      url: Type.Optional(Type.String()),
    }),
  ),
  /** Evidence as it was at that time. */
  pinned: Type.Unknown(),
});
