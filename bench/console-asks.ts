/** What a console's page asks of the API. */
export type Ask = {
  readonly path: string;
  /** Asked again so long after each answer; null: once. */
  readonly everyMs: number | null;
};

/**
 * The overview's: console/src/deliver/overview-page.tsx with its parts, and the frame around it. The scenario "console"
 * compares it with what a browser asks, so that it cannot go stale unsaid.
 */
export const overviewAsks: readonly Ask[] = [
  { path: '/api/v1/incident?limit=50&open=true', everyMs: null },
  { path: '/api/v1/app?limit=1', everyMs: null },
  { path: '/api/v1/overview?minutes=60', everyMs: 15_000 },
  { path: '/api/v1/audit', everyMs: 10_000 },
  { path: '/api/v1/lane', everyMs: 5000 },
];

/** The page's one stream of server-sent events. */
export const LIVE_PATH = '/api/v1/live?topics=alerts,changes,figures,incidents';

/** After so long each of them was asked again at least once. */
export const LONGEST_ASK_MS = Math.max(...overviewAsks.map(({ everyMs }) => everyMs ?? 0));

/** What the page asked and this list does not know, and the other way round, in sentences. */
export function strangersOf(asked: ReadonlySet<string>): readonly string[] {
  const known = new Set([LIVE_PATH, ...overviewAsks.map(({ path }) => path)]);
  return [
    ...[...asked.difference(known)].map(
      (path) => `The overview asks ${path}, which the ten consoles of the bench do not.`,
    ),
    ...[...known.difference(asked)].map(
      (path) => `The ten consoles of the bench ask ${path}, which the overview does not.`,
    ),
  ];
}
