import {
  Anchor,
  Box,
  Grid,
  Group,
  List,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Section, useView } from '../ui/index.ts';
import { GradeCard } from './grade-card.tsx';
import { keep, readKept } from './kept.ts';
import { LensChoice, LensWants } from './lens-choice.tsx';
import { MarkedText, select } from './marked-text.tsx';
import { PaceList } from './pace-list.tsx';
import { PromptFits } from './prompt-fits.tsx';
import { SignalList } from './signal-list.tsx';
import { Beginnings } from './story-beginnings.tsx';
import { marksOf } from './story-marks.ts';
import { StoryNumbers } from './story-numbers.tsx';
import { companyIn, forms, isForm, levelIn, type Guide } from './story.ts';

const usual = { form: 'star', level: 'mid', company: '' } as const;
/** After the last key, before it is scored. */
const PAUSE_MS = 600;
const HEIGHT = 'max(320px, 56vh)';

/** A story on the left, and beside it what a reviewer would say. */
export function StoryBuilder({
  guide,
  incident,
}: {
  readonly guide: Guide;
  /** Drafted from its record; without one it is typed. */
  readonly incident?: string;
}): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const form = isForm(view.form) ? view.form : 'star';
  const level = levelIn(view.level);
  const company = companyIn(view.company);
  const place = `story.${incident ?? 'typed'}`;
  /** null: as it was drafted. */
  const [typed, setTyped] = useState(() => readKept(place));
  const [open, setOpen] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const ofIncident = incident === undefined ? {} : { incidentId: incident };
  const drafted = useAnswer(
    'v1.story.draft',
    { body: { form, level, ...ofIncident } },
    { isWanted: incident !== undefined },
  );
  const text = typed ?? drafted.data?.text ?? '';
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const isSaid = asked.trim() !== '';
  const score = useAnswer(
    'v1.story.score',
    { body: { text: asked, form, level, ...(company === undefined ? {} : { company }) } },
    { isWanted: isSaid, keepsLast: true },
  );
  const linked = useAnswer(
    'v1.story.draft',
    { body: { form, level, text: asked, ...ofIncident } },
    { isWanted: isSaid && typed !== null, keepsLast: true },
  );
  const links = typed === null ? drafted.data : linked.data;
  const marks = useMemo(
    () => (score.data === undefined ? [] : marksOf(score.data, open, text)),
    [score.data, open, text],
  );
  const change = (next: string | null): void => {
    setTyped(next);
    keep(place, next);
  };
  const show = ({ from, to }: { readonly from: number; readonly to: number }): void =>
    select(field.current, from, to);
  return (
    <>
      <Group gap="md" align="flex-end">
        <SegmentedControl
          aria-label="Form"
          value={form}
          onChange={(next) => setView({ form: next })}
          data={forms.map(({ value, label }) => ({ value, label }))}
        />
        <LensChoice guide={guide} level={level} company={view.company} onChange={setView} />
      </Group>
      <LensWants guide={guide} level={level} company={view.company} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Beginnings
            form={form}
            isOfIncident={incident !== undefined}
            isTyped={typed !== null}
            text={text}
            change={change}
          />
          <MarkedText
            label="The story"
            value={text}
            onChange={change}
            marks={marks}
            height={HEIGHT}
            field={field}
          />
          {links !== undefined && links.gaps.length > 0 && (
            <Section
              title={incident === undefined ? 'Not told yet' : 'To say, since no fact says it'}
            >
              <List size="sm" spacing={4}>
                {links.gaps.map(({ part, ask }) => (
                  <List.Item key={ask}>
                    <Anchor
                      component="button"
                      type="button"
                      size="sm"
                      underline="always"
                      onClick={() => goToPart(part, text, show)}
                    >
                      {capital(part)}
                    </Anchor>
                    : {ask}
                  </List.Item>
                ))}
              </List>
            </Section>
          )}
          {links !== undefined && (
            <StoryNumbers numbers={links.numbers} incident={incident ?? null} onShow={show} />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          {isSaid ? (
            <Answered of={score} rows={10}>
              {(scored) => (
                <Stack gap="sm">
                  <GradeCard score={scored} />
                  <Box role="region" aria-label="Ten signals">
                    <VisuallyHidden>
                      <h2>Ten signals</h2>
                    </VisuallyHidden>
                    <SignalList
                      signals={scored.signals}
                      weakest={scored.weakest}
                      open={open}
                      onOpen={setOpen}
                      onShow={show}
                    />
                  </Box>
                  <Section title="Length and time">
                    <PaceList pace={scored.pace} />
                  </Section>
                  <Section title="Prompts that it serves">
                    <PromptFits fits={scored.prompts} onShow={show} />
                  </Section>
                </Stack>
              )}
            </Answered>
          ) : (
            <Paper withBorder p="md">
              <Text size="sm" c="dimmed">
                {incident !== undefined && drafted.isPending
                  ? 'It is drafted from the record…'
                  : 'Type the story, or begin with its headings: the score follows what you type. Ten signals are listened for; each shows the sentence that earned or lost it.'}
              </Text>
            </Paper>
          )}
        </Grid.Col>
      </Grid>
    </>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replaceAll('-', ' ');
}

/** Where the part begins, or at the end where nothing names it. */
function goToPart(
  part: string,
  text: string,
  show: (stretch: { readonly from: number; readonly to: number }) => void,
): void {
  const heading = text
    .toLowerCase()
    .search(new RegExp(`^#* *${part.replaceAll('-', '[ -]')}`, 'm'));
  const end = heading === -1 ? text.length : text.indexOf('\n', heading);
  const at = end === -1 ? text.length : end;
  show({ from: at, to: at });
}
