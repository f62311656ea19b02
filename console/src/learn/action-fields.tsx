import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { momentField, TimeInput } from '../ui/index.ts';
import { actionTypes } from './action-item.ts';
import type { ActionDraft } from './action-draft.ts';
import { VerificationFields } from './verification-fields.tsx';

const DAY_MS = 86_400_000;

/** What an action item is made of. */
export function ActionFields({
  draft,
  set,
}: {
  readonly draft: ActionDraft;
  readonly set: (draft: ActionDraft) => void;
}): ReactNode {
  const change = (more: Partial<ActionDraft>): void => set({ ...draft, ...more });
  return (
    <Stack gap="sm">
      <Textarea
        label="What is to be done"
        placeholder="Refuse a chain without its root."
        autosize
        minRows={2}
        maxLength={2000}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        required
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label="Type"
          allowDeselect={false}
          value={draft.type}
          data={actionTypes.map(({ value, label, does }) => ({
            value,
            label: `${label}: ${does}`,
          }))}
          onChange={(value) => {
            const type = actionTypes.find((each) => each.value === value)?.value;
            if (type !== undefined) change({ type });
          }}
        />
        <TextInput
          label="Owner"
          description="One team or person: reminders go there."
          maxLength={256}
          value={draft.owner}
          onChange={(event) => change({ owner: event.currentTarget.value })}
        />
      </SimpleGrid>
      <div>
        <TimeInput label="Due" value={draft.due} onChange={(due) => change({ due })} />
        <Group gap={6} mt={6}>
          {[7, 14, 30].map((days) => (
            <Button
              key={days}
              size="compact-xs"
              variant="default"
              onClick={() => change({ due: momentField(Date.now() + days * DAY_MS) })}
            >
              In {days} days
            </Button>
          ))}
          <Text size="xs" c="dimmed">
            What is overdue is told to its owner once a day.
          </Text>
        </Group>
      </div>
      <Textarea
        label="Measurable end"
        description="By what it is seen to be done: a number, a refusal, an alert."
        autosize
        minRows={1}
        maxLength={2000}
        value={draft.end}
        onChange={(event) => change({ end: event.currentTarget.value })}
      />
      <VerificationFields
        draft={draft.verification}
        set={(verification) => change({ verification })}
      />
    </Stack>
  );
}
