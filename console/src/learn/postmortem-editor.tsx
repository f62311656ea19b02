import { Alert, Box, Button, Grid, Group, Paper, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useAnswer, useLive } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, Section } from '../ui/index.ts';
import { LineDiff } from './line-diff.tsx';
import { MarkedText, select, type TextMark } from './marked-text.tsx';
import { openComments, postmortemAnswers, type Finding, type Postmortem } from './postmortem.ts';
import { PostmortemFindings } from './postmortem-findings.tsx';
import { PostmortemMissing } from './postmortem-missing.tsx';
import { PostmortemPreview } from './postmortem-preview.tsx';
import styles from './postmortem-editor.module.css';

/** After the last key, before the text is looked at. */
const PAUSE_MS = 500;
/** Numbers follow the record so often, where no event of the stream says that it changed. */
const LOOK_EVERY_MS = 30_000;
const HEIGHT = 'max(320px, 58vh)';

/** The Markdown beside what it reads as, with what its language and its parts lack. */
export function PostmortemEditor({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const may = useMay();
  const { incidentId, version, state, shown } = postmortem;
  const [draft, setDraft] = useState<Draft>({ text: shown.markdown, basedOn: version });
  const [note, setNote] = useState('');
  const present = useAnswer('v1.postmortem.get', { path: { incident_id: incidentId } });
  const field = useRef<HTMLTextAreaElement>(null);
  const saving = useRef<HTMLDivElement>(null);
  const isEditable = may.write && state !== 'published';
  // What somebody else wrote meanwhile is taken over, unless something is typed here.
  const [base, setBase] = useState(shown.markdown);
  const isDirty = draft.text !== base;
  if (version !== draft.basedOn && (!isDirty || shown.markdown === draft.text)) {
    setBase(shown.markdown);
    setDraft({ text: shown.markdown, basedOn: version });
  }
  const isStale = version !== draft.basedOn && isDirty;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty &&
      current.pathname !== next.pathname &&
      !window.confirm('What you typed is not saved. Leave the page all the same?'),
    enableBeforeUnload: () => isDirty,
  });
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
  const change = (text: string): void => setDraft({ ...draft, text });
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
      <Next
        postmortem={postmortem}
        missing={data?.missing.length ?? postmortem.missing.length}
        isDirty={isDirty}
      />
      {isStale && (
        <Stale
          postmortem={postmortem}
          draft={draft}
          onMine={() => {
            setBase(shown.markdown);
            setDraft({ ...draft, basedOn: version });
          }}
          onTheirs={() => {
            setBase(shown.markdown);
            setDraft({ text: shown.markdown, basedOn: version });
          }}
        />
      )}
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
                  onDone={(saved) => {
                    setBase(saved.shown.markdown);
                    setDraft((now) => ({ ...now, basedOn: saved.version }));
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

type Draft = { readonly text: string; readonly basedOn: number };

/** Somebody else saved meanwhile: what differs, and which of both goes on. */
function Stale({
  postmortem: { version, changedBy, shown },
  draft,
  onMine,
  onTheirs,
}: {
  readonly postmortem: Postmortem;
  readonly draft: Draft;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <Alert
      ref={place}
      color="orange"
      mt="sm"
      title={`Version ${version} is there by now, by ${changedBy}`}
    >
      <Text size="sm" mb="xs">
        You began from version {draft.basedOn}. Your text is kept here; this is what theirs has (+)
        and yours has not, and the other way round (−).
      </Text>
      <LineDiff before={draft.text} after={shown.markdown} />
      <Group mt="xs">
        <Button size="xs" onClick={onMine}>
          Go on with mine
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          Take theirs
        </Button>
      </Group>
    </Alert>
  );
}

/** Where a save was refused, somebody else's may be there. */
function LookAgain({ look }: { readonly look: () => void }): ReactNode {
  const latest = useRef(look);
  useEffect(() => latest.current(), []);
  return null;
}

/** Where findings stand in the text, as long as it still reads so there. */
function marksOf(findings: readonly Finding[], text: string): readonly TextMark[] {
  return findings.flatMap(({ place, phrase, severity }): TextMark[] =>
    place === null || !text.startsWith(phrase, place.start)
      ? []
      : [{ ...place, look: severity === 'block' ? 'bad' : 'warn' }],
  );
}

function Next({
  postmortem,
  missing,
  isDirty,
}: {
  readonly postmortem: Postmortem;
  readonly missing: number;
  readonly isDirty: boolean;
}): ReactNode {
  const { state } = postmortem;
  const open = openComments(postmortem);
  const lacking = [
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'thing is' : 'things are'} missing`] : []),
    ...(open > 0 ? [`${open} ${open === 1 ? 'comment is' : 'comments are'} open`] : []),
  ];
  const text =
    state === 'published'
      ? 'It is published. To change it, return it to a draft and say why; this version stays.'
      : isDirty
        ? 'Save what you typed: every version is kept.'
        : lacking.length > 0
          ? `Before it can be published, ${lacking.join(' and ')}.`
          : state === 'draft'
            ? 'Nothing is missing: submit it for review.'
            : 'Nothing is missing: publish it.';
  return (
    <Paper withBorder p="xs" px="md" role="note" aria-label="What to do next" data-noprint>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>Next.</b> {text}
        </Text>
        {state !== 'published' && missing > 0 && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => document.querySelector('#missing')?.scrollIntoView()}
          >
            What is missing
          </Button>
        )}
      </Group>
    </Paper>
  );
}

/** Puts a reference to a fact where the cursor stands. */
function InsertFact({
  incident,
  insert,
}: {
  readonly incident: string;
  readonly insert: (text: string) => void;
}): ReactNode {
  const [isWanted, setWanted] = useState(false);
  const facts = useAnswer(
    'v1.incident.list-facts',
    { path: { incident_id: incident } },
    { isWanted },
  );
  return (
    <Select
      aria-label="Insert a fact"
      placeholder="Insert a fact…"
      size="xs"
      w={240}
      searchable
      value={null}
      nothingFoundMessage={facts.isPending ? 'Loading…' : 'No fact is called so.'}
      limit={60}
      onFocus={() => setWanted(true)}
      data={(facts.data?.data ?? []).map(({ name, text }) => ({
        value: name,
        label: `${name}: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`,
      }))}
      onChange={(name) => {
        if (name !== null) insert(`{{fact:${name}}}`);
      }}
    />
  );
}
