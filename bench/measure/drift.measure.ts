import { EventTypeDrift, type DriftFinding } from '../../src/contract/index.ts';
import { seededRandom, type Random } from '../../src/core/index.ts';
import { percentile } from '../percentile.ts';
import { faults, shows, type Fault } from './drift/faults.ts';
import { githubEvents } from './drift/github-examples.ts';
import { payment } from '../../test/support/payment.ts';
import type { Measurement, MeasureReport, MeasureTarget } from './measure.ts';

const SHARES = [0.004, 0.05, 1];
/** Messages that are known before the fault, and that are looked at after it at most. */
const KNOWN = 10_000;
const LONGEST = 5000;
const TARGET = 500;
/** Mean length of a burst of the same example. */
const BURST = 5;

export const drift: Measurement = {
  name: 'drift',
  sentence: `Within how many messages a changed payload is found, ${KNOWN} messages being known before, and how often unharmed traffic raises an alarm.`,
  async run({ isQuick, seed }, progress) {
    const seeds = isQuick ? 5 : 30;
    const found = new Map<string, Sample>();
    const payments = { messages: 0, alarms: 0, names: new Map<string, number>() };
    for (let draw = 0; draw < seeds; draw += 1) {
      const random = seededRandom(seed * 1000 + draw);
      const known = new EventTypeDrift();
      for (let nth = 1; nth <= KNOWN; nth += 1) {
        note(payments, known.look({ id: nth, payload: payment(nth, random) }));
      }
      // Somebody has answered what was raised before.
      for (const { id, state } of known.findings) if (state === 'open') known.accept(id);
      const text = known.toJson();
      for (const fault of faults) {
        for (const share of SHARES) {
          const key = `${fault.name}|${share}`;
          const sample = found.get(key) ?? { within: [], harmed: [] };
          found.set(key, sample);
          findFault(EventTypeDrift.fromJson(text), fault, share, random, sample);
        }
      }
      progress(`payments, draw ${draw + 1} of ${seeds}`);
    }
    for (let draw = 0; draw < seeds; draw += 1) {
      const random = seededRandom(seed * 7000 + draw);
      const watched = new EventTypeDrift();
      for (let nth = 1; nth <= (isQuick ? 5000 : 20_000); nth += 1) {
        note(payments, watched.look({ id: nth, payload: payment(nth, random) }));
      }
    }
    const mixed = { messages: 0, alarms: 0, names: new Map<string, number>() };
    const bursts = { messages: 0, alarms: 0, names: new Map<string, number>() };
    for (const { name, payloads } of githubEvents()) {
      for (const [tally, burst] of [
        [mixed, 1],
        [bursts, BURST],
      ] as const) {
        watchExamples(name, payloads, burst, isQuick ? 1000 : 10_000, seededRandom(seed), tally);
      }
      progress(`GitHub's ${name}`);
    }
    return reportOf(found, { payments, mixed, bursts });
  },
};

type Sample = { readonly within: number[]; readonly harmed: number[] };
type Alarms = { messages: number; alarms: number; readonly names: Map<string, number> };

function note(tally: Alarms, findings: readonly DriftFinding[], of = ''): void {
  tally.messages += 1;
  for (const { kind, field } of findings) {
    tally.alarms += 1;
    const name = `${kind} ${of}${field}`;
    tally.names.set(name, (tally.names.get(name) ?? 0) + 1);
  }
}

function findFault(
  watched: EventTypeDrift,
  fault: Fault,
  share: number,
  random: Random,
  { within, harmed }: Sample,
): void {
  let harmedSoFar = 0;
  for (let nth = 1; nth <= LONGEST; nth += 1) {
    const made = payment(KNOWN + nth, random);
    if (random.next() < share) {
      fault.harm(made);
      harmedSoFar += 1;
    }
    const findings = watched.look({ id: KNOWN + nth, payload: made });
    if (findings.some((finding) => shows(fault, finding))) {
      within.push(nth);
      harmed.push(harmedSoFar);
      return;
    }
  }
  within.push(Infinity);
}

function watchExamples(
  name: string,
  payloads: readonly string[],
  burst: number,
  messages: number,
  random: Random,
  tally: Alarms,
): void {
  const watched = new EventTypeDrift();
  const parsed = payloads.map((text): unknown => JSON.parse(text));
  let example = 0;
  for (let nth = 1; nth <= messages; nth += 1) {
    if (nth === 1 || random.next() < 1 / burst) example = Math.floor(random.next() * parsed.length);
    note(tally, watched.look({ id: nth, payload: parsed[example] }), `${name}: `);
  }
}

function reportOf(
  found: ReadonlyMap<string, Sample>,
  alarms: { readonly payments: Alarms; readonly mixed: Alarms; readonly bursts: Alarms },
): MeasureReport {
  const rows = faults.flatMap((fault) =>
    SHARES.map((share) => {
      const { within, harmed } = found.get(`${fault.name}|${share}`) ?? { within: [], harmed: [] };
      const missed = within.filter((count) => count === Infinity).length;
      return [
        fault.name,
        `${share * 100} %`,
        percent(within.filter((count) => count <= TARGET).length / within.length),
        shown(percentile(within.toSorted(ascending), 0.5)),
        shown(percentile(within.toSorted(ascending), 0.95)),
        shown(percentile(harmed.toSorted(ascending), 0.5)),
        missed,
        within.length,
      ];
    }),
  );
  const targets: MeasureTarget[] = faults.flatMap((fault) =>
    SHARES.map((share): MeasureTarget => {
      const { within } = found.get(`${fault.name}|${share}`) ?? { within: [] };
      const measured = percentile(within.toSorted(ascending), 0.5);
      return {
        name: `${fault.name} in ${share * 100} %: median messages until found`,
        measured,
        target: `≤ ${TARGET}`,
        isMet: measured <= TARGET,
      };
    }),
  );
  const remarks = [
    bound(0.004),
    ...Object.entries({
      'payments, unharmed': alarms.payments,
      "GitHub's examples in random order": alarms.mixed,
      [`GitHub's examples in bursts of ${BURST}`]: alarms.bursts,
    }).map(([name, { messages, alarms: raised, names }]) => {
      const rate = (raised / messages) * 10_000;
      const isHard = !name.includes('bursts');
      if (isHard) {
        targets.push({
          name: `alarms on 10,000 messages of an event type: ${name}`,
          measured: Number(rate.toFixed(3)),
          target: '≤ 1',
          isMet: rate <= 1,
        });
      }
      const what = [...names]
        .slice(0, 12)
        .map(([one, times]) => `${one} (${times})`)
        .join(', ');
      return `${name}: ${raised} alarms in ${messages.toLocaleString('en')} messages, ${rate.toFixed(3)} on 10,000${what === '' ? '' : `: ${what}`}`;
    }),
  ];
  return {
    columns: [
      'fault',
      'in',
      `found in ${TARGET}`,
      'median',
      'p95',
      'harmed until found',
      'missed',
      'draws',
    ],
    rows,
    targets,
    remarks,
  };
}

/** What no rule can do that asks for two witnesses: a share of a few in a thousand harms few of 500. */
function bound(share: number): string {
  const none = (1 - share) ** TARGET;
  const one = TARGET * share * (1 - share) ** (TARGET - 1);
  return `of ${TARGET} messages ${share * 100} % are ${share * TARGET}: none is harmed in ${percent(none)} of draws, one alone in ${percent(one)}, so a rule that wants two witnesses finds it within ${TARGET} in at most ${percent(1 - none - one)}`;
}

const ascending = (a: number, b: number): number => a - b;

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function shown(count: number): string {
  return Number.isFinite(count) ? String(count) : '-';
}
