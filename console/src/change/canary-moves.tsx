import type { ReactNode } from 'react';
import { Act } from '../ui/index.ts';
import { canaryAnswers, canaryFields, type Canary, type CanaryPath } from './canary.ts';

/** What can be done by hand with one that goes on. */
export function Moves({
  path,
  canary,
  name,
}: {
  readonly path: CanaryPath;
  readonly canary: Canary;
  readonly name: string;
}): ReactNode {
  const request = (reason: string) => ({ path, body: reason === '' ? {} : { reason } });
  const shared = { request, changes: canaryAnswers, asksReason: true } as const;
  const what = canaryFields(canary.fields);
  return (
    <>
      {canary.state === 'paused' ? (
        <Act
          {...shared}
          operation="v1.canary.resume"
          confirm="It goes on at its step: the candidate gets its share of messages again."
          said="The canary goes on."
        >
          Resume
        </Act>
      ) : (
        <Act
          {...shared}
          operation="v1.canary.pause"
          confirm="The candidate gets no more messages, and its time stands still. It is still rolled back if what is under way says so."
          said="The canary is paused."
        >
          Pause
        </Act>
      )}
      <Act
        {...shared}
        operation="v1.canary.promote"
        confirm={`${name} gets the change (${what}) at once for all of its messages, whatever the schedule still waits for. It is a change, and can be taken back.`}
        said="Promoted: the endpoint has the change."
        hotkey="p"
      >
        Promote now
      </Act>
      <Act
        {...shared}
        operation="v1.canary.stop"
        button={{ color: 'red' }}
        confirm="The canary ends and the endpoint stays as it is. What failed for the candidate is tried again as the endpoint is."
        said="Rolled back by hand: the endpoint is what it was."
        hotkey="b"
      >
        Roll back
      </Act>
    </>
  );
}
