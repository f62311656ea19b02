import type { Objective } from '../change/index.ts';
import type { Alert } from './alerts/alert.ts';
import type { Evaluator } from './evaluate.ts';
import { objectiveNameOf } from './explain/explain-alert.ts';
import type { ObjectiveStatus } from './status.ts';

export type BoardEntry = {
  readonly objective: Objective;
  readonly status: ObjectiveStatus;
  /** Those of this objective that are not resolved, the newest first. */
  readonly alerts: readonly BoardAlert[];
};

/** What whoever may read the board may know of an alert: not whom it was told, and none of its evidence. */
export type BoardAlert = Pick<Alert, 'kind' | 'severity' | 'state' | 'title' | 'firedAt'>;

/** Objectives as the teams see them that keep them and that rely on them. */
export type Board = {
  readonly at: number;
  /** null: all teams. */
  readonly team: string | null;
  /** The least left of its budget first. */
  readonly entries: readonly BoardEntry[];
  readonly owners: readonly TeamEntries[];
  readonly consumers: readonly TeamEntries[];
};

export type TeamEntries = { readonly team: string; readonly entries: readonly BoardEntry[] };

/** The objectives that a team keeps or relies on, evaluated; those of all teams for null. */
export async function boardOf(
  objectives: readonly Objective[],
  team: string | null,
  evaluator: Pick<Evaluator, 'status'>,
  now: number,
  openAlerts: readonly Alert[],
): Promise<Board> {
  const entries: BoardEntry[] = [];
  const alerts = Map.groupBy(openAlerts, ({ key }) => objectiveNameOf(key));
  for (const objective of objectives) {
    if (!concerns(objective, team)) continue;
    // One after the other: a board is not in a hurry, and the ledger has others to answer.
    entries.push({
      objective,
      status: await evaluator.status(objective),
      alerts: (alerts.get(objective.name) ?? []).map(shownOf),
    });
  }
  entries.sort((one, other) => one.status.budget.left - other.status.budget.left);
  const isShown = (name: string): boolean => team === null || name === team;
  const owners = Map.groupBy(
    entries.filter(({ objective }) => isShown(objective.owner)),
    ({ objective }) => objective.owner,
  );
  const consuming = entries.flatMap(({ objective }) => objective.consumers);
  const teams = new Set(consuming.filter(isShown));
  return {
    at: now,
    team,
    entries,
    owners: inOrder(Array.from(owners, ([name, owned]) => ({ team: name, entries: owned }))),
    consumers: inOrder(
      Array.from(teams, (name) => ({
        team: name,
        entries: entries.filter(({ objective }) => objective.consumers.includes(name)),
      })),
    ),
  };
}

function shownOf({ kind, severity, state, title, firedAt }: Alert): BoardAlert {
  return { kind, severity, state, title, firedAt };
}

function concerns({ owner, consumers }: Objective, team: string | null): boolean {
  return team === null || owner === team || consumers.includes(team);
}

function inOrder(teams: readonly TeamEntries[]): readonly TeamEntries[] {
  return teams.toSorted((one, other) => (one.team < other.team ? -1 : 1));
}
