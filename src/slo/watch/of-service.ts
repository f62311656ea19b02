import type { AlertFinding } from '../alerts/alert.ts';
import type { Finding } from '../detect/finding.ts';
import { sayFinding } from '../detect/say.ts';

/** A finding that is no objective's. */
export function ofService(
  kind: string,
  slice: string,
  finding: Finding,
  owner: string,
  /** What the slice belongs to; undefined: to no application. */
  appId?: number,
): AlertFinding {
  return {
    key: `${kind} ${slice}`,
    kind,
    severity: finding.severity,
    owner,
    consumers: [],
    group: kind,
    title: sayFinding(finding, slice),
    text: `${sayFinding(finding, slice)}\n${owner === '' ? 'Nobody owns it.' : `Owned by ${owner}.`}`,
    facts: { finding },
    ...(appId === undefined ? {} : { appIds: [appId] }),
  };
}
