import { Box, Grid, Group, Paper, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useAnswer, useLive } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, Section, useUnsaved } from '../ui/index.ts';
import { marksOf } from './finding-marks.ts';
import { InsertFact } from './insert-fact.tsx';
import { MarkedText, select } from './marked-text.tsx';
import { usePostmortemDraft } from './postmortem-draft.ts';
import { PostmortemFindings } from './postmortem-findings.tsx';
import { PostmortemMissing } from './postmortem-missing.tsx';
import { PostmortemNext } from './postmortem-next.tsx';
import { PostmortemPreview } from './postmortem-preview.tsx';
import { PostmortemStale } from './postmortem-stale.tsx';
import { TakenUp } from './postmortem-taken-up.tsx';
import { openComments, postmortemAnswers, type Postmortem } from './postmortem.ts';
import styles from './postmortem-editor.module.css';

/** After the last key, before the text is looked at. */
const PAUSE_MS = 500;
/** Numbers follow the record so often, where no event of the stream says that it changed. */
const LOOK_EVERY_MS = 30_000;
const HEIGHT = 'max(320px, 58vh)';

/** The Markdown beside what it reads as, with what its language and its parts lack. */
export function PostmortemEditor({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const may = useMay();
  const { incidentId, state } = postmortem;
  const isEditable = may.write && state !== 'published';
  const drafting = usePostmortemDraft(postmortem, isEditable);
  const { draft, isDirty, isStale, change } = drafting;
  const [note, setNote] = useState('');
  const present = useAnswer('v1.postmortem.get', { path: { incident_id: incidentId } });
  const field = useRef<HTMLTextAreaElement>(null);
  const saving = useRef<HTMLDivElement>(null);
  useUnsaved(isDirty, 'What you typed is not saved; this browser alone keeps it.');
  useHotkeys([['mod+S', () => saving.current?.querySelector('button')?.click()]], []);
  const [asked] = useDebouncedValue(draft.text, PAUSE_MS);
  const preview = useAnswer(
    'v1.postmortem.preview',
    { path: { incident_id: incidentId }, body: { markdown: asked } },
    { keepsLast: true, everyMs: LOOK_EVERY_MS },
  );
  useLive('incident', () => void preview.refetch());
  const { data } = preview;
  const findings = useMemo(() => data?.findings ?? [], [data]);
  const marks = useMemo(() => marksOf(findings, draft.text), [findings, draft.text]);
  const replace = (start: number, end: number, text: string): void => {
    change(draft.text.slice(0, start) + text + draft.text.slice(end));
    const gap = text.indexOf('…');
    const at = gap === -1 ? start + text.length : start + gap;
    // Once the field has the new text.
    window.setTimeout(() => select(field.current, at, gap === -1 ? at : at + 1));
  };
  const insert = (text: string): void => {
    const { selectionStart, selectionEnd } = field.current ?? {
      selectionStart: draft.text.length,
      selectionEnd: draft.text.length,
    };
    replace(selectionStart, selectionEnd, text);
  };
  return (
    <>
      <PostmortemNext
        postmortem={postmortem}
        missing={data?.missing.length ?? postmortem.missing.length}
        isDirty={isDirty}
      />
      {isStale && (
        <PostmortemStale
          postmortem={postmortem}
          draft={draft}
          onMine={drafting.takeMine}
          onTheirs={drafting.takeTheirs}
        />
      )}
      {drafting.isTakenUp && !isStale && <TakenUp onDiscard={drafting.takeTheirs} />}
      <Grid gap="md" mt="sm">
        {state !== 'published' && (
          <Grid.Col span={{ base: 12, md: 6 }} data-noprint>
            <Group justify="space-between" mb={6} gap="xs" mih={36}>
              <Text size="sm" fw={600} component="h2">
                Markdown
              </Text>
              {isEditable && <InsertFact incident={incidentId} insert={insert} />}
            </Group>
            <MarkedText
              label="Text of the postmortem, as Markdown"
              value={draft.text}
              onChange={change}
              marks={marks}
              height={HEIGHT}
              isReadOnly={!isEditable}
              field={field}
            />
            {isEditable && (
              <Group mt="xs" gap="xs" align="flex-end" ref={saving}>
                <Act
                  operation="v1.postmortem.edit"
                  request={() => ({
                    path: { incident_id: incidentId },
                    body: { markdown: draft.text, basedOn: draft.basedOn, note: note.trim() },
                  })}
                  changes={postmortemAnswers}
                  onDone={(answer) => {
                    drafting.saved(answer);
                    setNote('');
                  }}
                  whenRefused={() => <LookAgain look={() => void present.refetch()} />}
                  said={(saved) => `Saved as version ${saved.version}.`}
                  isDisabled={!isDirty || isStale}
                  button={{ variant: 'filled', size: 'sm' }}
                >
                  Save
                </Act>
                <TextInput
                  aria-label="What is new in it"
                  placeholder="What is new in it (optional)"
                  value={note}
                  maxLength={500}
                  onChange={(event) => setNote(event.currentTarget.value)}
                  style={{ flex: '1 1 160px' }}
                />
                <Text size="xs" c="dimmed" role="status">
                  {isDirty ? 'Not saved' : `Saved: version ${draft.basedOn}`}
                </Text>
              </Group>
            )}
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, md: state === 'published' ? 12 : 6 }}>
          <Group mb={6} justify="space-between" mih={36} data-noprint>
            <Text size="sm" fw={600} component="h2">
              As it reads
            </Text>
            <Text size="xs" c="dimmed">
              Underlined numbers lead to what says them.
            </Text>
          </Group>
          <Paper
            withBorder
            p="md"
            className={styles['preview']}
            style={state === 'published' ? {} : { height: HEIGHT }}
            tabIndex={0}
            role="region"
            aria-label="The postmortem as it reads"
          >
            <Answered of={preview} rows={10}>
              {({ html, facts }) => (
                <PostmortemPreview html={html} facts={facts} incident={incidentId} />
              )}
            </Answered>
          </Paper>
        </Grid.Col>
      </Grid>
      {data !== undefined && state !== 'published' && (
        <Box data-noprint>
          <Grid gap="md" mt="sm">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Section title="Language" id="language">
                <PostmortemFindings
                  findings={findings}
                  text={draft.text}
                  isEditable={isEditable}
                  onShow={({ start, end }) => select(field.current, start, end)}
                  onReplace={replace}
                />
              </Section>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Section title="Missing before it can be published" id="missing">
                <PostmortemMissing missing={data.missing} comments={openComments(postmortem)} />
              </Section>
            </Grid.Col>
          </Grid>
        </Box>
      )}
    </>
  );
}

/** Where a save was refused, somebody else's may be there. */
function LookAgain({ look }: { readonly look: () => void }): ReactNode {
  const latest = useRef(look);
  useEffect(() => latest.current(), []);
  return null;
}
