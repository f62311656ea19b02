import type { Static } from 'typebox';
import type { IdText } from '../core/index.ts';
import { momentText } from './moment.ts';
import type { StatusOut } from './status-shapes.ts';
import type { StatusEntry, StatusFeed } from './status-feed.ts';
import { summaryWords } from './status-words.ts';

type Status = Static<typeof StatusOut>;

/** The feed as JSON, without the present moment: as long as nothing happens it is the same to the byte. */
export function statusView(feed: StatusFeed, idText: IdText): Status {
  const view = (entry: StatusEntry): Status['past'][number] => ({
    id: idText.format('incident', entry.id),
    state: entry.state,
    since: momentText(entry.sinceAt),
    mitigatedAt: orNull(entry.mitigatedAt),
    resolvedAt: orNull(entry.resolvedAt),
    spells: entry.spells.map(({ fromAt, untilAt }) => ({
      from: momentText(fromAt),
      until: orNull(untilAt),
    })),
    updates: entry.updates.map(({ at, text }) => ({ at: momentText(at), text })),
  });
  const isOver = ({ state }: StatusEntry): boolean => state === 'resolved';
  return {
    isDisturbed: feed.entries.some(({ state }) => state === 'ongoing'),
    summary: summaryWords(feed),
    changedAt: orNull(feed.changedAt),
    current: feed.entries.filter((entry) => !isOver(entry)).map(view),
    past: feed.entries.filter(isOver).map(view),
    /** Days on which deliveries were disturbed. */
    disturbedDays: feed.days
      .filter(({ disturbedMs }) => disturbedMs > 0)
      .map(({ at }) => momentText(at).slice(0, 10)),
    days: feed.days.length,
  };
}

function orNull(at: number | null): string | null {
  return at === null ? null : momentText(at);
}
