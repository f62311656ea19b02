import { Type } from 'typebox';
import {
  causeClasses,
  episodeMarkers,
  incidentRoles,
  incidentStates,
  markerSources,
  reviewMarkers,
} from '../incident/index.ts';
import {
  count,
  dateTime,
  ms,
  names,
  neededText,
  oneOf,
  orNull,
  severity,
  sliceIn,
  someText,
  strict,
  title,
  longestName,
} from './incident-fields.ts';
import { FixOut, HypothesisOut, PreventionOut } from './incident-cause-shapes.ts';
import { MitigationOut } from './mitigation-shapes.ts';
import { PageQuery, textsFilter } from './page-shapes.ts';

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

export const IncidentsQuery = Type.Object({
  ...PageQuery.properties,
  /** Only those that did not end, or only those that did. */
  open: Type.Optional(Type.Boolean()),
  state: Type.Optional(textsFilter(`Of ${incidentStates.join(', ')}; several with commas.`)),
  severity: Type.Optional(textsFilter('1 to 4, 1 is the worst; several with commas.')),
  owner: Type.Optional(
    Type.String({ maxLength: 256, description: 'The whole name of a team, in capitals or not.' }),
  ),
  cause_class: Type.Optional(textsFilter(`Of ${causeClasses.join(', ')}; several with commas.`)),
  /** Only drills, or none. */
  drill: Type.Optional(Type.Boolean()),
  /** Only those opened since. */
  since: Type.Optional(dateTime),
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
