import { assertNever } from '../../core/index.ts';
import type { ArmCounts, Indicator } from './counts.ts';
import type { CanaryNeed } from './decide.ts';
import { neededEvidence } from './evidence.ts';

/** "12.3 %", or "0.02 %": two digits that say something. */
function percentWords(part: number, whole: number): string {
  if (whole === 0) return 'none';
  const percent = (100 * part) / whole;
  return `${percent >= 10 || percent === 0 ? percent.toFixed(0) : Number(percent.toPrecision(2))} %`;
}

const verbs: Readonly<Record<Indicator, string>> = {
  failed: 'failed at the first attempt',
  late: 'were not delivered in time',
  slow: 'were slow',
};

/** One indicator of both arms, with what it says: "0.3 % (3 of 980) failed at the first attempt, against 0.1 % …". */
export function compareWords(
  indicator: Indicator,
  arms: { readonly stable: ArmCounts; readonly candidate: ArmCounts },
  evidence: number,
): string {
  const of = (counts: ArmCounts): string => {
    const whole = indicator === 'late' ? counts.ripe : counts.attempts;
    return `${percentWords(counts[indicator], whole)} (${counts[indicator]} of ${whole})`;
  };
  const needed = neededEvidence(indicator);
  const said =
    evidence >= needed
      ? 'the candidate does worse'
      : evidence > 10
        ? 'the candidate may do worse'
        : 'nothing says that the candidate does worse';
  return `${of(arms.candidate)} ${verbs[indicator]}, against ${of(arms.stable)}: ${said} (evidence ${shortNumber(evidence)}, rolled back at ${needed})`;
}

export function needWords(need: CanaryNeed): string {
  switch (need.kind) {
    case 'resume':
      return 'to be resumed';
    case 'minutes':
      return `${Math.ceil(need.leftMs / 60_000)} more minutes of this step`;
    case 'attempts':
      return `${need.left} more first attempts of the candidate`;
    case 'peak':
      return `a minute of ${need.needed} first attempts (the busiest so far had ${need.seen})`;
    default:
      return assertNever(need);
  }
}

function shortNumber(value: number): string {
  return value >= 1e6 ? 'over a million' : String(Number(value.toPrecision(2)));
}
