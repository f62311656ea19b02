import type { SignalId, SignalScore, StoryScore } from '../../src/story/index.ts';

/** A story with all ten signals; tests take sentences away and put others in. */
export const STRONG = `While reading a report I noticed that 4 % of exports failed. There was no ticket, and the exporter is shared by two other teams, so I opened the incident and led it. T+0 was 10:02.

At T+4 I had two choices. Rolling back costs an afternoon's features and can be undone; each minute of waiting meant 40 failed exports. The cheapest reversible action goes first, since stopping the harm comes before explaining it: I rolled the release back at T+6. At T+9 exports worked again; that was the mitigation.

At T+1 day I found the cause: the new reader kept a file open for each sheet, because the limit of its container is lower than that of a laptop. I reproduced it with 1,000 sheets. I brought the fix with unit tests, released it by canary, and watched the failures for seven days. To prevent the whole class, a check in CI refuses a reader without a limit since 2 June. Failed exports went from 4 % to 0.02 %, which saved $6,000 a month in credits, and both teams have adopted the check. In retrospect I trusted the first examples; I would count sooner. I now begin each incident with a figure.`;

export function signal(score: StoryScore, id: SignalId): SignalScore {
  const found = score.signals.find((one) => one.signal === id);
  if (found === undefined) throw new TypeError(`no signal ${id}`);
  return found;
}
