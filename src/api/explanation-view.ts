import type { RankedExplanation, SliceExplanation } from '../slo/index.ts';
import { momentText } from './moment.ts';

export function explanationView(explanation: SliceExplanation): object {
  const { at, fromAt, beforeAt, exact, sample, explanations, symptoms } = explanation;
  return {
    at: momentText(at),
    from: momentText(fromAt),
    to: momentText(beforeAt),
    exact,
    sample,
    explanations: explanations.map(rowView),
    symptoms: symptoms.map((symptom) => ({ ...rowView(symptom), mostlyAt: symptom.mostlyAt })),
  };
}

function rowView(row: RankedExplanation): object {
  const { dimension, value, about, bad, total, otherBad, otherTotal } = row;
  const { lift, liftAtLeast, explained, isExact } = row;
  const counts = { bad, total, otherBad, otherTotal };
  // JSON has no Infinity.
  const finite = Number.isFinite(lift) ? lift : null;
  return { dimension, value, about, ...counts, lift: finite, liftAtLeast, explained, isExact };
}
