import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act } from '../ui/index.ts';
import { incidentAnswers, isEnded, type Incident } from './incident.ts';

/** Says that somebody looks after it. Once: the marker is never overwritten. */
export function Acknowledge({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  if (!may.write || isEnded(incident) || incident.markers.acknowledged !== undefined) return null;
  return (
    <Act
      operation="v1.incident.acknowledge"
      request={() => ({ path: { incident_id: incident.id }, body: {} })}
      changes={[...incidentAnswers, 'v1.alert.list', 'v1.alert.get']}
      said="You look after it now. Its alerts are acknowledged too."
      hotkey="a"
      button={{ variant: 'filled' }}
    >
      Acknowledge
    </Act>
  );
}
