import type {
  CitedSentence,
  Narrative,
  PaceCheck,
  PromptFit,
  SignalScore,
  StoryScore,
  SuggestedDraft,
} from '../story/index.ts';
import { counted } from './table.ts';
import { foldText } from './wrap-text.ts';

const WIDTH = 80;
const MOST_QUOTED = 150;

export type ShownScore = StoryScore & {
  readonly pace: readonly PaceCheck[];
  readonly prompts: readonly PromptFit[];
};

/** For people, in 80 columns: the grade and why, then each signal with its sentence and the next edit. */
export function describeScore(shown: ShownScore): string {
  const { level, company, prompts } = shown;
  const lens = company === null ? level : `${level}, ${company}`;
  return [
    `Grade ${shown.grade}   score ${shown.score.toFixed(2)}   (${lens}; ${counted(shown.words, 'word')})`,
    ...verdictLines(shown),
    '',
    ...shown.signals.map(describeSignal),
    paceLines(shown.pace),
    prompts.length === 0
      ? 'Serves none of the prompts well.'
      : fold(`Serves: ${prompts.map(({ title }) => title).join('; ')}.`, ''),
  ].join('\n');
}

export function verdictLines({
  rules,
  disqualifiers,
  questions,
  unreadFrom,
}: StoryScore): readonly string[] {
  return [
    ...rules.map(({ rule, grade }) => fold(`${grade}: ${rule}`, '  ')),
    ...disqualifiers.flatMap(({ title, sentence, reason, edit }) => [
      fold(`✗ ${title}: ${reason}`, '  '),
      ...quoted(sentence),
      fold(`→ ${edit}`, '  '),
    ]),
    ...questions.flatMap(({ title, sentence, edit }) => [
      fold(`? Does it disqualify: ${title}?`, '  '),
      ...quoted(sentence),
      fold(`→ If so: ${edit}`, '  '),
    ]),
    ...(unreadFrom === null ? [] : [`  Read up to character ${unreadFrom} only.`]),
  ];
}

export function describeSignal({
  nth,
  title,
  score,
  isEarned,
  sentence,
  reason,
  edit,
}: SignalScore): string {
  return [
    fold(
      `${nth} ${isEarned ? '✓' : '·'} ${score.toFixed(2)}  ${title}`,
      '          ',
      nth < 10 ? 1 : 0,
    ),
    ...quoted(sentence),
    fold(reason, '      '),
    ...(edit === '' ? [] : [fold(`→ ${edit}`, '      ')]),
    '',
  ].join('\n');
}

function quoted(sentence: CitedSentence | null): readonly string[] {
  if (sentence === null) return [];
  const points = Array.from(printable(sentence.text));
  const text =
    points.length > MOST_QUOTED ? `${points.slice(0, MOST_QUOTED - 1).join('')}…` : points.join('');
  const role = sentence.role === 'extend' ? 'beside' : sentence.role;
  return [fold(`${role} "${text}"`, '      ')];
}

export function paceLines(pace: readonly PaceCheck[]): string {
  return pace
    .map(
      ({ name, measured, unit, target, isMet }) =>
        `${isMet ? '✓' : '·'} ${name}: ${measured} ${unit} (target ${target})`,
    )
    .join('\n');
}

export type ShownDraft = {
  readonly narrative: Narrative;
  readonly pace: readonly PaceCheck[];
  readonly suggestion: SuggestedDraft | null;
};

export function describeDraft({ narrative, pace, suggestion }: ShownDraft): string {
  const { text, numbers, gaps } = narrative;
  const linked = numbers.filter(({ evidence }) => evidence !== null);
  const unlinked = numbers.filter(({ evidence }) => evidence === null);
  return [
    foldAll(text),
    '',
    ...(linked.length === 0 ? [] : ['Numbers and where they are recorded:']),
    ...linked.map((one) => fold(`${one.text}: ${one.fact ?? ''}, ${one.evidence ?? ''}`, '  ')),
    ...(unlinked.length === 0
      ? []
      : [fold(`Without evidence: ${unlinked.map((one) => one.text).join(', ')}.`, '')]),
    ...(gaps.length === 0 ? [] : ['', 'To say, since no fact says it:']),
    ...gaps.map(({ part, ask }) => fold(`${part}: ${ask}`, '  ')),
    '',
    paceLines(pace),
    ...(suggestion === null ? [] : ['', ...suggestionLines(suggestion)]),
  ].join('\n');
}

function suggestionLines({ model, text, unlinked }: SuggestedDraft): readonly string[] {
  return [
    fold(`SUGGESTED BY A LANGUAGE MODEL (${model}); not scored, check every word:`, ''),
    '',
    foldAll(text),
    '',
    unlinked.length === 0
      ? 'Every number of it is one of the facts.'
      : fold(`NOT in the facts: ${unlinked.map((one) => one.text).join(', ')}.`, ''),
  ];
}

export function describePrompts(
  all: readonly { readonly prompt: string; readonly question: string; readonly open: string }[],
): string {
  return all
    .map(({ prompt, question, open }) =>
      [prompt, fold(question, '  '), fold(`→ ${open}`, '  ')].join('\n'),
    )
    .join('\n');
}

export function describeFits(fits: readonly PromptFit[]): string {
  return fits
    .map(({ prompt, fit, isServed, open, sentence }) =>
      [
        `${isServed ? '✓' : '·'} ${fit.toFixed(2)}  ${prompt}`,
        ...(isServed ? [fold(`→ ${open}`, '      '), ...quoted(sentence)] : []),
      ].join('\n'),
    )
    .join('\n');
}

export function foldAll(text: string): string {
  return text
    .split('\n')
    .map((line) => fold(printable(line), '', 0))
    .join('\n');
}

/** Lines of at most 80 columns, each with the indent. */
export function fold(text: string, indent: string, first = indent.length): string {
  const lines = foldText(printable(text), WIDTH - indent.length).split('\n');
  return lines
    .map((line, nth) => (nth === 0 ? `${' '.repeat(first)}${line}` : indent + line))
    .join('\n');
}

/** One line, and nothing that a terminal would act on. */
function printable(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trimEnd()
    .toWellFormed();
}
