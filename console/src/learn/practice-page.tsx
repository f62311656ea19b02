import { useState, type ReactNode } from 'react';
import { useAnswer, useAct, type AnswerOf } from '../api/index.ts';
import { Answered, Fault, KeyHelp, Page, useView } from '../ui/index.ts';
import { PracticeReport } from './practice-report.tsx';
import { PracticeSetup } from './practice-setup.tsx';
import { PracticeTelling, type Told } from './practice-telling.tsx';
import { companyIn, levelIn, type Guide } from './story.ts';
import { tries } from './tries.ts';

export const usualPractice = { prompt: '', level: 'mid', company: '' } as const;
export type PracticeView = Readonly<Record<keyof typeof usualPractice, string>>;

/** A prompt, told against the clock, and what a reviewer would say. */
export function PracticePage(): ReactNode {
  const guide = useAnswer('v1.story.list-prompts', {});
  return (
    <Page
      title="Practice"
      lead="Answer a prompt section by section, each against its clock. You get the grade, two questions that a reviewer would ask next, and what moved since your last try."
      actions={<KeyHelp />}
    >
      <Answered of={guide} rows={8}>
        {(known) => <Practice guide={known} />}
      </Answered>
    </Page>
  );
}

type Prompt = Guide['data'][number]['prompt'];
type Report = AnswerOf<'v1.practice.judge'>;

function Practice({ guide }: { readonly guide: Guide }): ReactNode {
  const [view, setView] = useView<keyof typeof usualPractice>(usualPractice);
  const kept = tries.use();
  const [isTelling, setTelling] = useState(false);
  const [judged, setJudged] = useState<{ readonly report: Report; readonly told: Told } | null>(
    null,
  );
  const [lastTold, setLastTold] = useState<Told>([]);
  const prompt =
    guide.data.find((each) => each.prompt === view.prompt) ?? leastPractised(guide, kept);
  const judge = useAct('v1.practice.judge', {
    onDone: (report) => {
      tries.add([report.attempt]);
      setJudged({ report, told: lastTold });
      setTelling(false);
    },
  });
  if (prompt === undefined) return null;
  const level = levelIn(view.level);
  const company = companyIn(view.company);
  if (judged !== null) {
    return (
      <PracticeReport
        report={judged.report}
        told={judged.told}
        prompt={guide.data.find((each) => each.prompt === judged.report.prompt) ?? prompt}
        onAgain={() => {
          setJudged(null);
          setTelling(true);
        }}
        onOther={() => {
          setJudged(null);
          setView({ prompt: '' });
        }}
      />
    );
  }
  if (!isTelling) {
    return (
      <PracticeSetup
        guide={guide}
        prompt={prompt}
        view={view}
        onChange={setView}
        onBegin={() => {
          judge.reset();
          // What is told is told to this prompt, whatever becomes the least practised one meanwhile.
          setView({ prompt: prompt.prompt });
          setTelling(true);
        }}
      />
    );
  }
  return (
    <>
      {judge.error !== null && <Fault error={judge.error} />}
      <PracticeTelling
        prompt={prompt}
        sections={guide.sections}
        isJudging={judge.isPending}
        onCancel={() => setTelling(false)}
        onDone={(told) => {
          setLastTold(told);
          judge.mutate({
            body: {
              prompt: prompt.prompt,
              level,
              ...(company === undefined ? {} : { company }),
              told: [...told],
              earlier: [...kept],
            },
          });
        }}
      />
    </>
  );
}

/** Of those that were practised equally seldom the first. */
function leastPractised(
  { data }: Guide,
  kept: readonly { readonly prompt: Prompt }[],
): Guide['data'][number] | undefined {
  const times = (prompt: Prompt): number => kept.filter((each) => each.prompt === prompt).length;
  const [least] = data.toSorted((a, b) => times(a.prompt) - times(b.prompt));
  return least;
}
