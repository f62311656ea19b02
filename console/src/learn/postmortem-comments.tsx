import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Empty, Moment, State } from '../ui/index.ts';
import { postmortemAnswers, type Postmortem } from './postmortem.ts';

type Comment = Postmortem['comments'][number];

/** What others say of its words. While one is open nothing is published. */
export function PostmortemComments({ postmortem }: { readonly postmortem: Postmortem }): ReactNode {
  const may = useMay();
  const [isAll, setAll] = useState(false);
  const { comments } = postmortem;
  const open = comments.filter(({ resolvedAt }) => resolvedAt === null);
  const resolved = comments.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <Stack gap="sm" maw={760}>
      {may.write && (
        <Group>
          <AddComment incident={postmortem.incidentId} text={postmortem.text} />
        </Group>
      )}
      {comments.length === 0 && (
        <Empty title="No comment yet">
          A comment quotes words of the text, and follows them when the text changes. While one is
          open, nothing is published.
        </Empty>
      )}
      {open.map((comment) => (
        <Shown key={comment.comment} comment={comment} incident={postmortem.incidentId} />
      ))}
      {comments.length > 0 && open.length === 0 && (
        <Text size="sm" c="dimmed">
          No comment is open.
        </Text>
      )}
      {resolved.length > 0 && (
        <Group>
          <Button size="xs" variant="subtle" onClick={() => setAll(!isAll)} aria-expanded={isAll}>
            {isAll ? 'Hide' : 'Show'} {resolved.length} resolved
          </Button>
        </Group>
      )}
      {isAll &&
        resolved.map((comment) => (
          <Shown key={comment.comment} comment={comment} incident={postmortem.incidentId} />
        ))}
    </Stack>
  );
}

function Shown({
  comment,
  incident,
}: {
  readonly comment: Comment;
  readonly incident: string;
}): ReactNode {
  const may = useMay();
  const { quote, text, by, at, version, resolvedAt, resolvedBy, anchor } = comment;
  return (
    <Paper withBorder p="sm" role="article" aria-label={`Comment ${comment.comment} by ${by}`}>
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          {by}
        </Text>
        <Text size="xs" c="dimmed">
          <Moment at={at} />, on version {version}
        </Text>
        {resolvedAt !== null && (
          <State of="done">resolved{resolvedBy === null ? '' : ` by ${resolvedBy}`}</State>
        )}
      </Group>
      {quote !== '' && (
        <Text size="sm" c="dimmed" component="blockquote" m={0} mb={4} fs="italic">
          “{quote}”{anchor === null && ' (does not stand in the text any more)'}
        </Text>
      )}
      <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      {resolvedAt === null && may.write && (
        <Group mt="xs">
          <Act
            operation="v1.postmortem.resolve-comment"
            request={() => ({
              path: { incident_id: incident, comment: String(comment.comment) },
              body: {},
            })}
            changes={postmortemAnswers}
            said="Resolved."
            name={`Resolve: comment ${comment.comment}`}
          >
            Resolve
          </Act>
        </Group>
      )}
    </Paper>
  );
}

function AddComment({
  incident,
  text: whole,
}: {
  readonly incident: string;
  readonly text: string;
}): ReactNode {
  const [text, setText] = useState('');
  const [quote, setQuote] = useState('');
  const words = quote.trim();
  const isUnknown = words !== '' && !whole.includes(words);
  return (
    <Act
      operation="v1.postmortem.comment"
      request={() => ({
        path: { incident_id: incident },
        body: { text: text.trim(), ...(words === '' ? {} : { quote: words }) },
      })}
      changes={postmortemAnswers}
      onOpen={() => {
        setText('');
        setQuote('');
      }}
      said="Commented. It is open until somebody resolves it."
      isReady={text.trim() !== '' && !isUnknown}
      button={{ variant: 'filled' }}
      size="lg"
      verb="Add the comment"
      confirm={
        <Stack gap="sm">
          <Textarea
            label="Words that it is about"
            description="As they read in the text, with its numbers filled in. Empty: all of it."
            value={quote}
            maxLength={1000}
            autosize
            minRows={1}
            error={isUnknown ? 'These words do not stand in the text that was saved.' : undefined}
            onChange={(event) => setQuote(event.currentTarget.value)}
          />
          <Textarea
            label="Comment"
            value={text}
            maxLength={5000}
            autosize
            minRows={3}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            data-autofocus
          />
        </Stack>
      }
    >
      Comment
    </Act>
  );
}
