import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import {
  ago,
  compact,
  count,
  duration,
  Figure,
  Figures,
  paths,
  percent,
  To,
  useNow,
} from '../ui/index.ts';
import type { LiveFigures } from './use-figures.ts';

type Overview = AnswerOf<'v1.overview.get'>;
const REFRESH_MS = 10_000;
/** Later than this is no trouble of a busy second. */
const LAG_MS = 5000;

/** The figures of the overview: by the second where the stream tells them, else as the page was asked for. */
export function OverviewFigures({
  now,
  live,
  minutes,
}: {
  readonly now: Overview['now'] | LiveFigures;
  readonly live: LiveFigures | null;
  readonly minutes: Overview['minutes'];
}): ReactNode {
  const audit = useAnswer('v1.audit.get', {}, { everyMs: REFRESH_MS });
  const clock = useNow();
  const sum = (of: 'accepted' | 'delivered' | 'late' | 'dead'): number =>
    minutes.reduce((all, minute) => all + minute[of], 0);
  const dead = sum('dead');
  const lastStepAt = audit.data?.lastStepAt ?? null;
  return (
    <Figures across={4}>
      <Figure
        name="Messages a second"
        value={live === null ? '…' : perSecond(live.acceptedPerSecond)}
        hint={`for ${compact(sum('accepted'))} deliveries in the last hour`}
      />
      <Figure
        name="Deliveries a second"
        value={live === null ? '…' : perSecond(live.deliveredPerSecond)}
        hint={`${compact(sum('delivered'))} made in the last hour`}
      />
      <Figure
        name="Success"
        value={live === null ? '…' : live.successShare === null ? '–' : percent(live.successShare)}
        hint={
          live !== null && live.successShare === null
            ? 'no attempt in the last minute'
            : 'of the last minute’s attempts'
        }
      />
      <Figure
        name="Lag"
        value={duration(now.lagMs)}
        isBad={now.lagMs > LAG_MS}
        hint="how late the oldest due delivery is"
      />
      <Figure
        name="Backlog"
        value={`${compact(now.pending)}${now.isPendingMore ? '+' : ''}`}
        hint={`${compact(now.inFlight)} requests under way`}
      />
      <Figure
        name="Unaccounted"
        value={count(now.unaccounted)}
        isBad={now.unaccounted > 0}
        hint={
          lastStepAt === null
            ? 'the audit begins'
            : `audited ${ago(Date.parse(lastStepAt), clock)}${
                (audit.data?.healed ?? 0) > 0 ? `; ${count(audit.data?.healed ?? 0)} healed` : ''
              }`
        }
      />
      <Figure
        name="Dead letters"
        value={compact(dead)}
        isBad={dead > 0}
        hint={
          <>
            in the last hour · <To to={paths.applications}>by application</To>
          </>
        }
      />
      <Figure
        name="Open alerts · incidents"
        value={`${count(now.openAlerts)} · ${count(now.openIncidents)}`}
        isBad={now.openAlerts + now.openIncidents > 0}
        hint={
          <>
            <To to={paths.alerts}>Alerts</To> · <To to={paths.incidents}>Incidents</To>
          </>
        }
      />
    </Figures>
  );
}

function perSecond(rate: number): string {
  return rate > 0 && rate < 10 ? rate.toFixed(1) : compact(Math.round(rate));
}
