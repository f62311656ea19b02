import type { AnswerOf, OperationId, RowOf } from '../api/index.ts';
import { duration, money, percent, words } from '../ui/index.ts';

export type AlertBrief = RowOf<'v1.alert.list'>;
export type Alert = AnswerOf<'v1.alert.get'>;

/** What any move of an alert may alter. */
export const alertAnswers: readonly OperationId[] = [
  'v1.alert.list',
  'v1.alert.get',
  'v1.board.get',
];

export const severityWords: Readonly<Record<AlertBrief['severity'], string>> = {
  page: 'page: somebody should look now',
  ticket: 'ticket: within working hours',
  info: 'info: good to know',
};

/** Its title without what stands beside it: since when, and what its detector reasons. */
export function headlineOf(title: string): string {
  const [first = title] = title.split('; ');
  return first.replace(/ (?:since|at) \d{4}-\d\d-\d\dT[\d:.]+Z/, '').replace(/\.$/, '');
}

export const tabs = ['firing', 'acknowledged', 'silenced', 'resolved'] as const;
export type Tab = (typeof tabs)[number];

/** Silenced lies over firing and acknowledged, until its end. */
export function tabOf({ state, silencedUntil }: AlertBrief, now: number): Tab {
  if (state === 'resolved') return 'resolved';
  return silencedUntil !== null && Date.parse(silencedUntil) > now ? 'silenced' : state;
}

/** What it is about, without what found it. */
export function whereOf({ key, kind }: AlertBrief): string {
  const rest = key.startsWith(kind) ? key.slice(kind.length).replace(/^[:\s]+/, '') : key;
  return rest === '' ? words(kind) : rest;
}

type Fact = Readonly<Record<string, unknown>>;

function factIn(facts: object, name: string): Fact | null {
  const found: unknown = Reflect.get(facts, name);
  return typeof found === 'object' && found !== null ? { ...found } : null;
}

/** How sure its detector is, in words; null: it does not say. */
export function sureOf({ facts }: AlertBrief): string | null {
  const sure = factIn(factIn(facts, 'finding') ?? {}, 'sure');
  if (sure === null) return null;
  const { kind = null, perYear = null, probability = null }: Fact = sure;
  if (kind === 'certain') return 'counted';
  if (kind === 'posterior' && typeof probability === 'number') {
    return `${percent(probability)} sure`;
  }
  if (kind === 'false_alarms' && typeof perYear === 'number') {
    return perYear >= 1 ? `by chance ${perYear}× a year` : 'by chance less than once a year';
  }
  return kind === 'rule' ? 'by a rule' : null;
}

/** What a week of it costs; null: nobody says what a delivery is worth. */
export function costOf({ facts }: AlertBrief): string | null {
  const risks: unknown = Reflect.get(facts, 'atRisk');
  if (!Array.isArray(risks)) return null;
  const sums = risks.flatMap((risk: unknown) => {
    if (typeof risk !== 'object' || risk === null) return [];
    const perWeek: unknown = Reflect.get(risk, 'perWeek');
    const currency: unknown = Reflect.get(risk, 'currency');
    return typeof perWeek === 'number' && typeof currency === 'string'
      ? [money(perWeek, currency)]
      : [];
  });
  return sums.length === 0 ? null : sums.join(', ');
}

/** When it began, as far as its detector can tell; it fired later. */
export function beganAt({ facts }: AlertBrief): number | null {
  const at = factIn(facts, 'finding')?.['sinceAt'];
  return typeof at === 'number' ? at : null;
}

/** Figures as they were seen, and what they are held against. */
export function seenOf(alert: AlertBrief): readonly (readonly [name: string, value: string])[] {
  const finding = factIn(alert.facts, 'finding');
  if (finding === null) return [];
  const [observed, against] = [factIn(finding, 'observed'), factIn(finding, 'against')];
  return [
    ...(observed === null ? [] : [['Seen', quantityOf(observed)] as const]),
    ...(against === null ? [] : [['Against', quantityOf(against)] as const]),
  ];
}

function quantityOf({ unit, value, bad, of }: Fact): string {
  if (typeof value !== 'number') return '–';
  switch (unit) {
    case 'share': {
      const counts = typeof bad === 'number' && typeof of === 'number';
      return counts
        ? `${percent(value)} failed: ${bad.toLocaleString('en')} of ${of.toLocaleString('en')}`
        : `${percent(value)} is usual`;
    }
    case 'ms':
      return duration(value);
    case 'burn_rate':
      return `a burn rate of ${value}`;
    default:
      return value.toLocaleString('en');
  }
}
