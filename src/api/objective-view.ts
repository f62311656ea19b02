import type { IdText } from '../core/index.ts';
import type { Draft, Objective } from '../change/index.ts';
import type {
  Board,
  BoardEntry,
  BurnReplay,
  EndpointOutcomes,
  ObjectiveStatus,
} from '../slo/index.ts';
import { momentText } from './moment.ts';

export function objectiveView(objective: Objective, idText: IdText): object {
  const { id, createdAt, updatedAt } = objective;
  return {
    id: idText.format('objective', id),
    ...termsView(objective),
    createdAt: momentText(createdAt),
    updatedAt: momentText(updatedAt),
  };
}

/** What an objective says, without what it is stored with. */
export function termsView(objective: Draft<Objective>): object {
  const { name, description, indicator, target, deadlineMs, periodDays } = objective;
  const { owner, consumers, slice, value } = objective;
  return {
    name,
    description,
    indicator,
    target,
    deadlineMs,
    periodDays,
    owner,
    consumers,
    slice,
    value,
  };
}

export function statusView(status: ObjectiveStatus): object {
  const { at, fromAt, forecast, burnDown, ...figures } = status;
  const { exhaustedAt, assumptions } = forecast;
  return {
    at: momentText(at),
    from: momentText(fromAt),
    ...figures,
    forecast: { exhaustedAt: exhaustedAt === null ? null : momentText(exhaustedAt), assumptions },
    burnDown: burnDown.map((day) => ({ at: momentText(day.at), left: day.left })),
  };
}

export function replayView({
  fromAt,
  beforeAt,
  recordedFrom,
  isExact,
  firings,
}: BurnReplay): object {
  return {
    from: momentText(fromAt),
    to: momentText(beforeAt),
    recordedFrom: recordedFrom === null ? null : momentText(recordedFrom),
    isExact,
    firings: firings.map(({ firedAt, endedAt, ...firing }) => ({
      firedAt: momentText(firedAt),
      endedAt: endedAt === null ? null : momentText(endedAt),
      ...firing,
    })),
  };
}

export function endpointsView(endpoints: readonly EndpointOutcomes[], idText: IdText): object[] {
  return endpoints.map(({ appId, endpointId, good, bad, share }) => ({
    appId: idText.format('application', appId),
    endpointId: idText.format('endpoint', endpointId),
    good,
    bad,
    share,
  }));
}

export function boardView(board: Board, deliveryDeadlineMs: number): object {
  const { at, team, entries, owners, consumers } = board;
  const names = (of: readonly BoardEntry[]): readonly string[] =>
    of.map(({ objective }) => objective.name);
  return {
    at: momentText(at),
    team,
    deliveryDeadlineMs,
    objectives: entries.map(({ objective, status, alerts }) => ({
      ...termsView(objective),
      status: statusView(status),
      alerts: alerts.map(({ firedAt, ...alert }) => ({ ...alert, firedAt: momentText(firedAt) })),
    })),
    owners: owners.map((owner) => ({ team: owner.team, objectives: names(owner.entries) })),
    consumers: consumers.map((consumer) => ({
      team: consumer.team,
      objectives: names(consumer.entries),
    })),
  };
}
