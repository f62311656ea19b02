import { createInterface } from 'node:readline';
import { Option, type Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import type { PracticeReport, PromptId, Suggestion, ToldSection, Try } from '../story/index.ts';
import type * as story from '../story/index.ts';
import { describeQuestion, describeReport } from './describe-practice.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { readText } from './read-text.ts';
import { readState, stateFile, writeState } from './state-file.ts';
import { MOST_STORY_BYTES, requireModel, withLens, type LensFlags } from './story-flags.ts';

type Flags = LensFlags & {
  readonly json?: true;
  readonly prompt?: string;
  readonly file?: string;
  readonly state: string;
  readonly suggest?: true;
};

const NOTE = `Answer section by section; an empty line ends one, two skip it. Tries are kept on this machine (--state): grades
and scores, no text. From a file or a pipe, headings or empty lines part the sections, without a clock.`;

export type PracticeResult = PracticeReport & { readonly suggestion: Suggestion | null };

export function practiceCommand(): Command {
  return withLens(
    newCommand(
      'practice',
      'tell a story to a prompt, against the clock',
      [
        'holdfast practice --level senior --company google',
        'holdfast practice --prompt misdiagnosis',
        'holdfast practice --prompt outage --file story.md --json',
      ],
      NOTE,
    ),
  )
    .option('--prompt <prompt>', 'one of "holdfast story prompts" (default: the least practised)')
    .option('--file <file>', 'what was told, instead of typing it; - for standard input')
    .addOption(
      new Option('--state <file>', 'where tries are kept').default(
        stateFile('practice.json', process.env),
        'practice.json in ~/.local/state/holdfast',
      ),
    )
    .option('--suggest', 'ask the language model (HOLDFAST_LLM_URL) for questions as well')
    .action(practise);
}

async function practise(flags: Flags): Promise<void> {
  const {
    companyLenses,
    isPrompt,
    judgePractice,
    levelLenses,
    MOST_TRIES,
    parseTries,
    promptIds,
    prompts,
    readStory,
    sections,
    sectionSeconds,
    suggestQuestions,
  } = await import('../story/index.ts');
  const model = flags.suggest === true ? requireModel(process.env) : undefined;
  const earlier = parseTries(await readState(flags.state));
  const prompt = choosePrompt(flags.prompt, earlier, { isPrompt, promptIds });
  const isTyped = flags.file === undefined && process.stdin.isTTY;
  if (flags.json !== true) {
    console.log(describeQuestion(prompts[prompt].question, flags, { companyLenses, levelLenses }));
  }
  const told = isTyped
    ? await typed({ sections, sectionSeconds })
    : split(await readText(flags.file ?? '-', MOST_STORY_BYTES), { readStory, sections });
  if (told.every(({ text }) => text.trim() === '')) {
    throw fault('validation', { field: '<answer>', detail: 'Nothing was told.' });
  }
  const report = judgePractice({
    prompt,
    level: flags.level,
    company: flags.company,
    told,
    earlier,
    at: new Date(systemClock.now()).toISOString(),
  });
  await writeState(flags.state, [...earlier, report.attempt].slice(-MOST_TRIES));
  const text = told.map((one) => one.text).join('\n\n');
  const suggestion =
    model === undefined ? null : await suggestQuestions(model, text, report.aimedAt);
  printResult(flags, { ...report, suggestion }, describeReport);
}

type Story = typeof story;

function choosePrompt(
  wanted: string | undefined,
  earlier: readonly Try[],
  { isPrompt, promptIds }: Pick<Story, 'isPrompt' | 'promptIds'>,
): PromptId {
  if (wanted === undefined) {
    const times = (prompt: PromptId): number =>
      earlier.filter((one) => one.prompt === prompt).length;
    const [least] = promptIds.toSorted((a, b) => times(a) - times(b));
    return least ?? 'outage';
  }
  if (isPrompt(wanted)) return wanted;
  throw fault('validation', {
    field: '--prompt',
    detail: `There is no prompt "${wanted}". Give one of ${promptIds.join(', ')}.`,
  });
}

/** Section by section from the keyboard, each against its clock. The end of input (Ctrl-D) leaves the rest untold. */
async function typed({
  sections,
  sectionSeconds,
}: Pick<Story, 'sections' | 'sectionSeconds'>): Promise<readonly ToldSection[]> {
  const told: ToldSection[] = [];
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log('\nAn empty line ends a section, two skip it.');
  let isOver = false;
  for (const section of sections) {
    if (isOver) {
      told.push({ section, text: '', seconds: 0 });
      continue;
    }
    console.log(`\n${section.toUpperCase()} (${sectionSeconds[section]} s)`);
    const from = systemClock.elapsedMs();
    const said: string[] = [];
    let empty = 0;
    // One empty line before the first word is most often a slip, or what parts pasted paragraphs.
    while (empty < (said.length === 0 ? 2 : 1)) {
      const next = await lines.next();
      isOver = next.done === true;
      if (next.done === true) break;
      if (next.value.trim() === '') empty += 1;
      else {
        said.push(next.value);
        empty = 0;
      }
    }
    const seconds = Math.round((systemClock.elapsedMs() - from) / 1000);
    console.log(timeWords(seconds, sectionSeconds[section]));
    told.push({ section, text: said.join('\n'), seconds });
  }
  await lines.return?.();
  return told;
}

function timeWords(seconds: number, target: number): string {
  const over = seconds - target;
  return `${seconds} s of ${target} s${over > 0 ? `, ${over} s over` : ''}`;
}

/** A text by its headings, or else by its empty lines: the fifth part takes the rest. */
function split(
  text: string,
  { readStory, sections }: Pick<Story, 'readStory' | 'sections'>,
): readonly ToldSection[] {
  const { sentences, hasParts } = readStory(text);
  const paragraphs = text.trim().split(/\n[ \t\r]*\n\s*/);
  return sections.map((section, nth): ToldSection => {
    const ofHeading = sentences.filter(({ part }) => part === section).map((one) => one.text);
    const isLast = nth === sections.length - 1;
    const ofPlace = paragraphs.slice(nth, isLast ? undefined : nth + 1).join('\n\n');
    return { section, text: hasParts ? ofHeading.join(' ') : ofPlace, seconds: null };
  });
}
