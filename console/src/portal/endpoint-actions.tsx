import type { ReactNode } from 'react';
import { EndpointActs, endpointAnswers } from '../ui/delivery/endpoint-acts.tsx';
import { Recover } from '../ui/delivery/recover.tsx';
import { Act, type Endpoint, type Lane } from '../ui/index.ts';
import { useReach } from './use-reach.ts';

/** What is done to an endpoint most. */
export function EndpointActions({
  endpoint,
  lane,
  onExample,
}: {
  readonly endpoint: Endpoint;
  readonly lane: Lane;
  /** With the id of its message. */
  readonly onExample: (message: string) => void;
}): ReactNode {
  const reach = useReach();
  const path = { app_id: reach.app, endpoint_id: endpoint.id };
  return (
    <>
      <EndpointActs
        path={path}
        endpoint={endpoint}
        lane={lane}
        missed="What it missed can be sent now."
        onExample={onExample}
      />
      <Recover reach={reach} endpoint={endpoint.id}>
        Send what it missed
      </Recover>
      {!endpoint.disabled && (
        <Act
          operation="patch_endpoint"
          request={() => ({ path, body: { disabled: true } })}
          changes={endpointAnswers}
          confirm="Ends sending to it: messages for it are put on record, and not sent once you enable it, unless you ask for what it missed. To hold them back for a while, pause it instead."
          said="Disabled. Nothing is sent to it."
        >
          Disable
        </Act>
      )}
    </>
  );
}
