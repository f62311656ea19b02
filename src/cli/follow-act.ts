import { setTimeout as wait } from 'node:timers/promises';
import type { ActAnswer } from './answers.ts';
import type { Api } from './api/index.ts';
import { formatCount } from './table.ts';

export type FollowOptions = {
  readonly signal: AbortSignal;
  readonly onChange: (act: ActAnswer) => void;
};

/** Asked quickly at first, for acts that end at once, and then rarely: retries can take days. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2000;
const GROWTH = 1.3;

/** Resolves once the act is done and all that it touched came to an end: delivered, dead again or cancelled. */
export async function followAct(
  api: Api,
  app: string,
  begun: ActAnswer,
  { signal, onChange }: FollowOptions,
): Promise<ActAnswer> {
  let act = begun;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    onChange(act);
    if (isEnded(act)) return act;
    await wait(waitMs, undefined, { signal });
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * GROWTH);
    act = await api.act(app, act.id);
  }
}

/** `touched 120: 80 scheduled, 12 in flight, 28 delivered, 0 dead` */
export function describeAct({ touched, states }: ActAnswer): string {
  const parts = [
    `${formatCount(states.scheduled)} scheduled`,
    `${formatCount(states.in_flight)} in flight`,
    `${formatCount(states.delivered)} delivered`,
    `${formatCount(states.dead)} dead`,
  ];
  return `touched ${formatCount(touched)}: ${parts.join(', ')}`;
}

function isEnded({ done, states }: ActAnswer): boolean {
  return done && states.scheduled === 0 && states.in_flight === 0;
}
