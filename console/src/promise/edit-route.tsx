import { Button, Group, MultiSelect, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Operations } from '../api/index.ts';
import { HoursFields } from '../ui/hours-fields.tsx';
import { Act, type Hours } from '../ui/index.ts';
import {
  blankMatch,
  isNamed,
  matchBodyOf,
  matchDraftOf,
  MatchFields,
  type MatchDraft,
} from '../ui/match-fields.tsx';
import { routeAnswers, type Route } from './notifier.ts';

type Body = Operations['v1.route.update']['body'];
type Step = { readonly afterMinutes: number; readonly notifiers: readonly string[] };

type Draft = MatchDraft & {
  readonly notifiers: readonly string[];
  readonly goesOn: boolean;
  readonly escalation: readonly Step[];
  readonly quietHours: Hours | null;
};

const blank: Draft = {
  ...blankMatch,
  notifiers: [],
  goesOn: false,
  escalation: [],
  quietHours: null,
};
const FIRST_STEP_MINUTES = 15;

/** Makes a route, or alters one. */
export function EditRoute({
  route,
  names,
}: {
  readonly route: Route | null;
  /** Of notifiers that there are. */
  readonly names: readonly string[];
}): ReactNode {
  const [draft, setDraft] = useState(blank);
  return (
    <Act
      operation="v1.route.update"
      request={() => ({ path: { route_name: draft.name.trim() }, body: bodyOf(draft) })}
      changes={routeAnswers}
      onOpen={() => setDraft(route === null ? blank : draftOf(route))}
      {...(route === null
        ? { button: { variant: 'filled' } }
        : { name: `Edit: ${route.name}`, verb: 'Save' })}
      said={`${draft.name.trim()} is in force.`}
      isReady={isNamed(draft) && draft.notifiers.length > 0}
      size="xl"
      confirm={
        <Fields
          draft={draft}
          change={(more) => setDraft({ ...draft, ...more })}
          isNew={route === null}
          names={names}
        />
      }
    >
      {route === null ? 'Add a route' : 'Edit'}
    </Act>
  );
}

function draftOf(route: Route): Draft {
  const { notifiers, escalation, quietHours } = route;
  return { ...matchDraftOf(route), notifiers, goesOn: route.continue, escalation, quietHours };
}

function bodyOf(draft: Draft): Body {
  return {
    ...matchBodyOf(draft),
    notifiers: [...draft.notifiers],
    continue: draft.goesOn,
    escalation: draft.escalation
      .filter(({ notifiers }) => notifiers.length > 0)
      .map(({ afterMinutes, notifiers }) => ({ afterMinutes, notifiers: [...notifiers] })),
    quietHours: draft.quietHours,
  };
}

type FieldsProps = {
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
  readonly isNew: boolean;
  readonly names: readonly string[];
};

function Fields(props: FieldsProps): ReactNode {
  const { draft, change, isNew, names } = props;
  return (
    <Stack gap="sm">
      <MatchFields draft={draft} change={change} isNew={isNew} />
      <Text size="sm" fw={600}>
        Who is told
      </Text>
      <MultiSelect
        label="At once, by"
        data={known(names, draft.notifiers)}
        value={[...draft.notifiers]}
        onChange={(notifiers) => change({ notifiers })}
        required
      />
      <Escalation {...props} />
      <HoursFields
        label="Quiet hours"
        description="Then everything but pages waits for their end."
        name="Quiet"
        value={draft.quietHours}
        onChange={(quietHours) => change({ quietHours })}
      />
      <Switch
        label="Later routes are asked too"
        description="Otherwise the first that matches decides."
        checked={draft.goesOn}
        onChange={(event) => change({ goesOn: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function Escalation({ draft, change, names }: FieldsProps): ReactNode {
  const { escalation } = draft;
  const set = (nth: number, more: Partial<Step>): void =>
    change({
      escalation: escalation.map((step, place) => (place === nth ? { ...step, ...more } : step)),
    });
  return (
    <>
      {escalation.map(({ afterMinutes, notifiers }, nth) => (
        <Group key={nth} align="flex-end" wrap="nowrap">
          <NumberInput
            label="Not acknowledged after"
            suffix=" min"
            w={200}
            allowDecimal={false}
            min={1}
            max={10_080}
            value={afterMinutes}
            onChange={(value) => set(nth, { afterMinutes: Number(value) })}
          />
          <MultiSelect
            label="Tell by"
            style={{ flex: 1 }}
            data={known(names, notifiers)}
            value={[...notifiers]}
            onChange={(value) => set(nth, { notifiers: value })}
          />
          <Button
            variant="default"
            onClick={() =>
              change({ escalation: escalation.filter((_step, place) => place !== nth) })
            }
          >
            Remove
          </Button>
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        disabled={escalation.length >= 10}
        onClick={() =>
          change({
            escalation: [
              ...escalation,
              {
                afterMinutes: (escalation.at(-1)?.afterMinutes ?? 0) + FIRST_STEP_MINUTES,
                notifiers: [],
              },
            ],
          })
        }
      >
        Add who is told next
      </Button>
    </>
  );
}

/** Those that are named though they are gone are offered too, so that they can be taken out. */
function known(names: readonly string[], named: readonly string[]): string[] {
  return [...new Set([...names, ...named])];
}
