import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, KeyHelp, Page, paths } from '../ui/index.ts';
import { StoryBuilder } from './story-builder.tsx';

/** The story of one incident, drafted from its record. */
export function StoryPage(): ReactNode {
  const { incident: id = '' }: { readonly incident?: string } = useParams({ strict: false });
  const incident = useAnswer('v1.incident.get', { path: { incident_id: id } });
  const guide = useAnswer('v1.story.list-prompts', {});
  return (
    <Page
      title="Story of an incident"
      crumbs={[
        { text: 'Incidents', to: paths.incidents },
        { text: incident.data?.title.split('; ')[0] ?? 'Incident', to: paths.incident(id) },
      ]}
      lead="Drafted from the record: each number leads to what says it, and what no fact says is asked. The score is computed by rules, and says which sentence earned or lost it."
      actions={<KeyHelp />}
    >
      <Answered of={incident} rows={10}>
        {() => (
          <Answered of={guide} rows={10}>
            {(known) => <StoryBuilder key={id} guide={known} incident={id} />}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}
