import { NumberInput, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { duration } from '../ui/index.ts';
import { targetBounds, targetError } from './objective-draft.ts';
import type { FieldsProps } from './objective-fields.tsx';

const indicators = [
  { value: 'on_time', label: 'Delivered on time, retries included' },
  { value: 'first_attempt', label: 'Delivered by the first attempt' },
  { value: 'accounted', label: 'Accounted for by the audit' },
  { value: 'freshness', label: 'Freshness: nothing due waits too long' },
] as const;

/** ms. Counts are kept for these, so no other can be answered exactly. */
const onTimeMs = [
  10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
];
const freshnessMs = [1000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];

/** What is promised: which share is good, over how long. */
export function PromiseFields({ draft, change, isNew, errorOf }: FieldsProps): ReactNode {
  const hasDeadline = draft.indicator === 'on_time' || draft.indicator === 'freshness';
  return (
    <>
      <TextInput
        label="Name"
        description={
          isNew
            ? 'Small letters, digits, dots and hyphens, such as orders-on-time.'
            : 'Its alerts and links go by it, so it stays.'
        }
        value={draft.name}
        disabled={!isNew}
        error={errorOf('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <Select
        label="What is good"
        data={[...indicators]}
        value={draft.indicator}
        error={errorOf('indicator')}
        onChange={(value) => {
          const found = indicators.find((each) => each.value === value);
          if (found !== undefined) change({ indicator: found.value, deadlineMs: '' });
        }}
        allowDeselect={false}
      />
      <SimpleGrid cols={{ base: 1, sm: hasDeadline ? 3 : 2 }} spacing="sm">
        {hasDeadline && (
          <Select
            label="Within"
            description={
              draft.indicator === 'freshness'
                ? 'What is due waits no longer.'
                : 'From acceptance to delivery.'
            }
            data={[
              { value: '', label: 'The usual deadline' },
              ...(draft.indicator === 'freshness' ? freshnessMs : onTimeMs).map((ms) => ({
                value: String(ms),
                label: duration(ms),
              })),
            ]}
            value={draft.deadlineMs}
            error={errorOf('deadlineMs')}
            onChange={(value) => change({ deadlineMs: value ?? '' })}
            allowDeselect={false}
            searchable
          />
        )}
        <NumberInput
          label="Target"
          description={`${targetBounds.max} % at most.`}
          suffix=" %"
          decimalScale={3}
          max={targetBounds.max}
          step={0.1}
          value={draft.target}
          // In its own unit: the service speaks of shares of 1.
          error={targetError(draft.target) ?? errorOf('target')}
          onChange={(value) => change({ target: value === '' ? '' : Number(value) })}
          clampBehavior="none"
          required
        />
        <NumberInput
          label="Over"
          description="1 to 90, rolling."
          suffix=" days"
          allowDecimal={false}
          value={draft.periodDays}
          error={errorOf('periodDays')}
          onChange={(value) => change({ periodDays: value === '' ? '' : Number(value) })}
          clampBehavior="none"
          required
        />
      </SimpleGrid>
      <Textarea
        label="What it is for"
        autosize
        minRows={1}
        maxLength={1000}
        value={draft.description}
        error={errorOf('description')}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </>
  );
}
