import type { EvidenceLink, MarkerSource } from '../incident/index.ts';
import { oneLineOf, sayCount, sayDuration, sayMoment, sayShare } from './say.ts';

/** moment, ms: milliseconds (since the epoch); minor: minor units of `currency`; share: 0 to 1. */
export type FactUnit = 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';

/** One thing that is known of an incident, with where it is known from. */
export type Fact = {
  /** As references name it: `impact.late`. */
  readonly name: string;
  readonly value: number | string;
  readonly unit: FactUnit;
  /** ISO 4217; null: it is no money. */
  readonly currency: string | null;
  /** As prose says it. */
  readonly text: string;
  readonly source: MarkerSource;
  /** When it was measured, or written down. */
  readonly at: number;
  readonly evidence: EvidenceLink;
};

/** What a fact says of itself, where it is not as the maker has it. */
export type FactDetails = Partial<Pick<Fact, 'text' | 'source' | 'at' | 'evidence' | 'currency'>>;
/** Makes a fact; its words follow from value and unit. */
export type MakeFact = (
  name: string,
  value: number | string,
  unit: FactUnit,
  more?: FactDetails,
) => Fact;

/** `evidence` and `at` hold for facts that do not say: the incident itself, and when it was opened. */
export function factMaker(evidence: EvidenceLink, at: number): MakeFact {
  return (name, value, unit, more = {}) => ({
    name,
    value,
    unit,
    currency: null,
    text: textOf(value, unit),
    source: 'ledger',
    at,
    evidence,
    ...more,
  });
}

/** By their names, for whoever renders references. */
export function factsByName(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  return new Map(facts.map((fact) => [fact.name, fact]));
}

function textOf(value: number | string, unit: FactUnit): string {
  if (typeof value === 'string') return oneLineOf(value);
  switch (unit) {
    case 'ms':
      return sayDuration(value);
    case 'moment':
      return sayMoment(value);
    case 'share':
      return sayShare(value);
    default:
      return sayCount(value);
  }
}
