import { paths } from '../ui/index.ts';

export type Place = {
  readonly text: string;
  readonly to: string;
  /** Pressed after g. */
  readonly key?: string;
  /** Other words that somebody may look for it by. */
  readonly also?: string;
  /** Pages of it whose addresses stand under another place's. */
  readonly elsewhere?: RegExp;
};

/** What stands in the navigation and in the command palette, by area: the pages that there are. */
export const areas: readonly { readonly name: string; readonly places: readonly Place[] }[] = [
  {
    name: 'Deliver',
    places: [
      {
        text: 'Overview',
        to: paths.overview,
        key: 'o',
        also: 'home throughput backlog lag unaccounted',
      },
      {
        text: 'Applications',
        to: paths.applications,
        key: 'a',
        also: 'customers endpoints messages dead letters',
      },
      { text: 'Live tail', to: paths.live, key: 't', also: 'attempts stream' },
      { text: 'Certificates', to: paths.certificates, also: 'tls expiry' },
    ],
  },
  {
    name: 'Promise',
    places: [
      { text: 'Board', to: paths.board, key: 'b', also: 'objectives slo error budget burn rate' },
      { text: 'Alerts', to: paths.alerts, key: 'l', also: 'firing acknowledge silence' },
      { text: 'Notifiers', to: paths.notifiers, also: 'slack pagerduty email routes' },
    ],
  },
  {
    name: 'Change',
    places: [
      { text: 'Changes', to: paths.changes, key: 'c', also: 'revert diff audit deploy' },
      {
        text: 'Canaries',
        to: paths.canaries,
        also: 'rollback promote try',
        elsewhere: /^\/app\/[^/]+\/endpoint\/[^/]+\/canary$/,
      },
      {
        text: 'Event types',
        to: paths.eventTypes,
        key: 'e',
        also: 'schemas contracts compatibility drift',
      },
      { text: 'Policies', to: paths.policies, key: 'p', also: 'retry schedule rate circuit' },
    ],
  },
  {
    name: 'Respond',
    places: [
      {
        text: 'Incidents',
        to: paths.incidents,
        key: 'i',
        also: 'mitigate suspects hypotheses postmortems',
      },
      { text: 'Figures', to: paths.incidentFigures, also: 'mttd mttm mttr' },
    ],
  },
  {
    name: 'Learn',
    places: [
      {
        text: 'Action items',
        to: paths.actionItems,
        key: 'n',
        also: 'prevention overdue verification',
      },
      { text: 'Story', to: paths.stories, key: 's', also: 'star circles rubric' },
      { text: 'Practice', to: paths.practice, key: 'r', also: 'interview prompts' },
      { text: 'Quiz', to: paths.quiz, key: 'q', also: 'questions' },
      { text: 'Progress', to: paths.progress, also: 'tries scores' },
    ],
  },
];

/** The address of the place in the navigation that a page belongs to; undefined: none. */
export function placeAt(pathname: string): string | undefined {
  const places = areas.flatMap((area) => area.places);
  const isUnder = ({ to }: Place): boolean =>
    to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
  return (places.find(({ elsewhere: own }) => own?.test(pathname)) ?? places.find(isUnder))?.to;
}

/** Reached from elsewhere, but found by name too. */
export const elsewhere: readonly Place[] = [
  { text: 'First delivery', to: paths.start, also: 'guide getting started begin' },
  { text: 'Settings and tokens', to: paths.settings, also: 'tokens access health' },
  { text: 'New objective', to: paths.newObjective, also: 'slo create promise' },
  { text: 'Incident rules', to: paths.incidentRules, also: 'which alerts open incidents' },
];
