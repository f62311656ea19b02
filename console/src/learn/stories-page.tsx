import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, KeyHelp, Page, paths } from '../ui/index.ts';
import { StoryBuilder } from './story-builder.tsx';

/** A story of one's own, or the way to that of an incident. */
export function StoriesPage(): ReactNode {
  const guide = useAnswer('v1.story.list-prompts', {});
  return (
    <Page
      title="Story"
      lead="Tell an incident as you would in a review, for a promotion or in an interview. The score beside it is computed by rules: each signal shows the sentence that earned or lost it, and the next edit."
      actions={
        <>
          <OfIncident />
          <KeyHelp />
        </>
      }
    >
      <Answered of={guide} rows={10}>
        {(known) => <StoryBuilder guide={known} />}
      </Answered>
    </Page>
  );
}

function OfIncident(): ReactNode {
  const navigate = useNavigate();
  const incidents = useAnswer('v1.incident.list', { query: { limit: 100 } });
  return (
    <Select
      aria-label="Tell an incident"
      placeholder="Tell an incident…"
      size="xs"
      w={260}
      searchable
      value={null}
      nothingFoundMessage={incidents.isPending ? 'Loading…' : 'There is no incident to tell.'}
      data={(incidents.data?.data ?? []).map(({ id, title }) => ({
        value: id,
        label: `${title.split('; ')[0] ?? title} (…${id.slice(-4)})`,
      }))}
      onChange={(id) => {
        if (id !== null) void navigate({ to: paths.story(id) });
      }}
    />
  );
}
