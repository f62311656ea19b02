import type { RankedExplanation, Symptom } from './explanation.ts';

/** One explanation as a sentence. */
export function sayExplanation(explanation: RankedExplanation): string {
  const { dimension, value, about, bad, total, otherBad, otherTotal, liftAtLeast, isExact } =
    explanation;
  const known = about === null ? '' : ` (${about})`;
  const counted = isExact ? '' : ' in a sample';
  return `${dimension} ${value}${known}: ${bad} of ${total} failed${counted}, elsewhere ${otherBad} of ${otherTotal}; at least ${liftAtLeast.toFixed(1)} times as often.`;
}

/** How it fails, as a sentence. */
export function saySymptom({ dimension, value, bad, otherBad, mostlyAt }: Symptom): string {
  const at = mostlyAt === null ? '' : `, ${mostlyAt.bad} of them at ${mostlyAt.host}`;
  return `${dimension} ${value}: ${bad} of ${bad + otherBad} that failed in a sample${at}.`;
}
