import type { Check, Drill, Verdict } from './drill.ts';
import type { Account } from './scene.ts';

/** One drill with one seed. Durations in ms of the drill's clock, but for `wallMs`. */
export type DrillReport = {
  readonly drill: string;
  readonly truth: string;
  readonly seed: number;
  readonly factor: number;
  readonly wallMs: number;
  /** null: nothing is broken. */
  readonly faultAt: string | null;
  readonly detectedAfterMs: number | null;
  readonly mitigatedAfterMs: number | null;
  readonly rank: number | null;
  readonly falseAlarms: readonly string[];
  readonly accepted: number;
  readonly delivered: number;
  readonly dead: number;
  readonly redriven: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly money: Verdict['money'];
  readonly checks: readonly Check[];
  readonly isPassed: boolean;
};

/** The drill's own must-shows, and those of all: nothing lost, all accounted for, counts equal to a recount. */
export function reportOn(
  { name, truth, factor }: Drill,
  seed: number,
  { faultAt, detectedAt, mitigatedAt, checks: own, ...verdict }: Verdict,
  account: Account,
  wallMs: number,
): DrillReport {
  const checks = [...own, ...checksOfAll(account)];
  return {
    drill: name,
    truth,
    seed,
    factor,
    wallMs: Math.round(wallMs),
    faultAt: faultAt === null ? null : new Date(faultAt).toISOString(),
    detectedAfterMs: detectedAt === null || faultAt === null ? null : detectedAt - faultAt,
    mitigatedAfterMs: mitigatedAt === null || detectedAt === null ? null : mitigatedAt - detectedAt,
    ...verdict,
    accepted: account.accepted,
    delivered: account.states.delivered,
    dead: account.states.dead,
    lost: account.lost.length,
    duplicates: account.duplicates,
    checks,
    isPassed: checks.every(({ isShown }) => isShown),
  };
}

function checksOfAll({
  sent,
  accepted,
  lost,
  unaccounted,
  sliRows,
  sliDiffering,
  sliDifferences,
}: Account): readonly Check[] {
  return [
    {
      mustShow: 'every accepted message is delivered, dead, cancelled or still due',
      wanted: '0 lost',
      measured: `${lost.length} lost of ${sent}${lost.length === 0 ? '' : `: ${lost.slice(0, 3).join(', ')}`}`,
      isShown: lost.length === 0 && accepted >= sent,
    },
    {
      mustShow: 'the audit of the file finds nothing at the end',
      wanted: '0 unaccounted',
      measured: `${unaccounted} unaccounted`,
      isShown: unaccounted === 0,
    },
    {
      mustShow: 'SLI minutes equal a recount of the rows',
      wanted: '0 differ',
      measured: `${sliDiffering} of ${sliRows} differ${sliDifferences.length === 0 ? '' : `: ${sliDifferences[0]}`}`,
      isShown: sliDiffering === 0 && sliRows > 0,
    },
  ];
}
