import type { Configuration, IncidentEvent } from '../change/index.ts';
import type { Clock, Log } from '../core/index.ts';
import type { Acceptance } from '../ledger/index.ts';
import type { Alerts, AlertSeverity } from '../slo/index.ts';
import { readImpact, type ImpactParts } from './impact.ts';
import { isEnded, presentEpisode, type Incident, type IncidentSeverity } from './incident.ts';
import {
  mitigatedByItself,
  newsOf,
  type IncidentListener,
  type IncidentMoved,
  type IncidentNews,
} from './news.ts';
import { draftUpdate, type UpdateTexts } from './words.ts';

export type TellingParts = ImpactParts & {
  readonly configuration: Pick<Configuration, 'applications' | 'notices'>;
  readonly alerts: Pick<Alerts, 'tellIncident'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Something is due to this endpoint. */
  readonly wake: (endpointId: number) => void;
};

const severities: Readonly<Record<IncidentSeverity, AlertSeverity>> = {
  1: 'page',
  2: 'page',
  3: 'ticket',
  4: 'info',
};
const events: Readonly<Record<Exclude<IncidentNews, 'due'>, IncidentEvent>> = {
  opened: 'incident.opened',
  update: 'incident.updated',
  mitigated: 'incident.mitigated',
  closed: 'incident.closed',
};

/**
 * Tells of incidents whoever moved them: responders by the routes of alerts, owners by operational webhooks about
 * each application that is hit, accepted in the commit of the move.
 */
export function createTelling(parts: TellingParts): IncidentListener {
  const { alerts, clock, configuration, log } = parts;

  async function noticesOf(moved: IncidentMoved): Promise<readonly Acceptance[]> {
    const { after } = moved;
    const told = newsOf(moved);
    // For those who are hit as well from now on it begins now.
    const joined = told === null ? appsJoined(moved) : [];
    const news = joined.length > 0 ? 'opened' : told;
    if (news === null || news === 'due') return [];
    const message = textsOf(moved, news, clock.now()).owners;
    if (message.trim() === '') return [];
    const hitAppIds =
      joined.length > 0 ? joined : (await readImpact(after, parts, clock.now())).hitAppIds;
    const { markers } = presentEpisode(after);
    return configuration.notices.incident(events[news], hitAppIds, {
      incidentId: after.id,
      state: after.state,
      severity: after.severity,
      message,
      impactStartAt: markers.impactStart?.at ?? after.openedAt,
      mitigatedAt: markers.mitigated?.at ?? null,
      isDrill: after.isDrill,
    });
  }

  async function tellResponders(moved: IncidentMoved): Promise<void> {
    const cause = newsOf(moved);
    if (cause === null) return;
    const { id, title, severity, owner, consumers, openedAt, episodes, isDrill } = moved.after;
    await alerts.tellIncident({
      id,
      cause,
      title: isDrill ? `[DRILL] ${title}` : title,
      text: textsOf(moved, cause, clock.now()).responders,
      severity: severities[severity],
      incidentSeverity: severity,
      owner,
      consumers,
      openedAt,
      hasAlerts: episodes.some(({ alerts: attached }) => attached.length > 0),
    });
  }

  function failed(thrown: unknown, { title }: Incident): void {
    log.error({ err: thrown, incident: title }, 'an incident could not be told');
  }

  return {
    async noticesOf(moved) {
      try {
        return await noticesOf(moved);
      } catch (thrown) {
        failed(thrown, moved.after);
        return [];
      }
    },
    stored(moved, notices) {
      for (const { deliveries } of notices) {
        for (const { endpointId, dueAt } of deliveries) if (dueAt !== null) parts.wake(endpointId);
      }
      void tellResponders(moved).catch((thrown: unknown) => failed(thrown, moved.after));
    },
  };
}

/** Applications that are hit as well from this move on; none once the impact is over: who describes it then tells nobody. */
function appsJoined({ before, after }: IncidentMoved): readonly number[] {
  const isOver = isEnded(after) || presentEpisode(after).markers.mitigated !== undefined;
  if (before === null || after.isRetrospective || isOver) return [];
  return after.slice.appIds.filter((id) => !before.slice.appIds.includes(id));
}

/** What somebody wrote; otherwise how it stands. */
function textsOf(moved: IncidentMoved, news: IncidentNews, now: number): UpdateTexts {
  const { after, rows } = moved;
  const drafted = draftUpdate(after, now);
  const title = mitigatedByItself(moved);
  if (title !== null) {
    return { responders: `Applied by itself: ${title}\n${drafted.responders}`, owners: '' };
  }
  if (news === 'update') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `update` in state.ts
    return (rows.find(({ kind }) => kind === 'update')?.pinned as UpdateTexts | null) ?? drafted;
  }
  if (news === 'due') {
    const reminder = rows.find(({ kind }) => kind === 'reminder')?.text ?? '';
    return { ...drafted, responders: `${reminder}\n${drafted.responders}` };
  }
  if (news === 'closed' && after.declinedBecause !== '') {
    return { ...drafted, responders: `Declined: ${after.declinedBecause}` };
  }
  return drafted;
}
