import {
  BurnRates,
  defaultSmallStep,
  Outage,
  SmallStep,
  workbookRules,
  type SharedBin,
} from '../../../src/slo/index.ts';

/** A set of rules that watches one slice: whether it is up, and whether it comes up with a bin. */
export type Judge = {
  feed(bin: SharedBin): boolean;
  readonly isRaised: boolean;
  /** One that goes on from here, apart from this one. */
  copy(): Judge;
};

/** What watches a shared objective: small steps and outages. */
export function ours(
  falseAlarmsPerYear: number,
  parts = {
    step: new SmallStep({ ...defaultSmallStep, falseAlarmsPerYear }),
    outage: new Outage(),
  },
): Judge {
  const { step, outage } = parts;
  return {
    feed(bin) {
      const wasRaised = step.isRaised || outage.isRaised;
      const isStep = step.feed(bin) !== null;
      return (outage.feed(bin) !== null || isStep) && !wasRaised;
    },
    get isRaised() {
      return step.isRaised || outage.isRaised;
    },
    copy: () =>
      ours(falseAlarmsPerYear, {
        step: new SmallStep(
          { ...defaultSmallStep, falseAlarmsPerYear },
          step.state(),
          step.failures(),
        ),
        outage: new Outage(undefined, outage.state()),
      }),
  };
}

/** The workbook's four rules for 99.9 %; with a factor below 1 all their thresholds are as much lower. */
export function workbook(factor = 1, rates?: BurnRates): Judge {
  const rules = workbookRules.map((rule) => ({ ...rule, burnRate: rule.burnRate * factor }));
  const burn = rates ?? new BurnRates(0.999, rules);
  const isRaised = (): boolean => rules.some((_, index) => burn.isRaised(index));
  return {
    feed(bin) {
      const wasRaised = isRaised();
      return burn.feed(bin).length > 0 && !wasRaised;
    },
    get isRaised() {
      return isRaised();
    },
    copy: () => workbook(factor, new BurnRates(0.999, rules, burn.state())),
  };
}
