import type { ReactNode } from 'react';
import type { OperationId } from '../../api/index.ts';
import { Act } from '../act.tsx';
import type { Reach } from './reach.ts';

/** Sends a message to one endpoint again. Nothing for who may not. */
export function Replay({
  reach: { app, mayWrite },
  message,
  endpoint,
  changes,
  name,
  said = 'It is sent again, with all attempts anew.',
}: {
  readonly reach: Reach;
  readonly message: string;
  readonly endpoint: string;
  readonly changes: readonly OperationId[];
  /** Where several stand on a page: what this one is about too. */
  readonly name?: string;
  readonly said?: string;
}): ReactNode {
  if (!mayWrite) return null;
  return (
    <Act
      operation="v1.message-attempt.resend"
      request={() => ({ path: { app_id: app, msg_id: message, endpoint_id: endpoint } })}
      changes={changes}
      {...(name === undefined ? {} : { name })}
      said={said}
    >
      Replay
    </Act>
  );
}
