import type { Ledger } from '../../src/ledger/index.ts';
import { describeAccept } from './contract/accept.ts';
import { describeActs } from './contract/acts.ts';
import { describeAudit } from './contract/audit.ts';
import { describeCanary } from './contract/canary.ts';
import { describeCertificates } from './contract/certificates.ts';
import { describeClaim } from './contract/claim.ts';
import { describeCorrections } from './contract/corrections.ts';
import { describeDrift } from './contract/drift.ts';
import { describeExpunge } from './contract/expunge.ts';
import { describeHistory } from './contract/history.ts';
import { describeLaneBacklog } from './contract/lane-backlog.ts';
import { describeLeases } from './contract/leases.ts';
import { describeLists } from './contract/lists.ts';
import { describeNotices } from './contract/notices.ts';
import { describeOutcomes } from './contract/outcomes.ts';
import { describePolicyUsers } from './contract/policy-users.ts';
import { describePurge } from './contract/purge.ts';
import { describeRemember } from './contract/remember.ts';
import { describeReplay } from './contract/replay.ts';
import { describeResources } from './contract/resources.ts';
import { describeSettle } from './contract/settle.ts';
import { describeTimings } from './contract/timings.ts';

/** What every ledger must do. `open` gives a fresh, empty one for each test; the test closes it. */
export function describeLedger(name: string, open: () => Promise<Ledger>): void {
  describeAccept(name, open);
  describeClaim(name, open);
  describeSettle(name, open);
  describeLaneBacklog(name, open);
  describeLeases(name, open);
  describeReplay(name, open);
  describeActs(name, open);
  describeCorrections(name, open);
  describeAudit(name, open);
  describeLists(name, open);
  describeHistory(name, open);
  describeExpunge(name, open);
  describePurge(name, open);
  describeResources(name, open);
  describeNotices(name, open);
  describeRemember(name, open);
  describeCertificates(name, open);
  describeTimings(name, open);
  describeCanary(name, open);
  describeDrift(name, open);
  describeOutcomes(name, open);
  describePolicyUsers(name, open);
}
