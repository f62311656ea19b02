import { Button, Group, Paper, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { AnswerOf, HoldfastApiError } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, Section, State, Fields } from '../ui/index.ts';
import { incidentAnswers, isEnded, type Incident, type Offer } from './incident.ts';
import { OtherMitigation } from './other-mitigation.tsx';

/** What costs more is asked for twice. */
const ASKED_FROM = 3;
const SHOWN_WHOLE = 1;
const SHOWN = 4;

/** What would stop the impact, the cheapest that can be taken back first. */
export function MitigationMenu({
  incident,
  menu,
}: {
  readonly incident: Incident;
  readonly menu: UseQueryResult<AnswerOf<'v1.incident.get-mitigation-menu'>, HoldfastApiError>;
}): ReactNode {
  const may = useMay();
  const [isAll, setAll] = useState(false);
  const [isWanted, setWanted] = useState(false);
  if (isEnded(incident)) return null;
  if (incident.state !== 'open' && !isWanted) {
    return (
      <Section title="What is cheapest to try" id="menu">
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            The impact is over: nothing has to be stopped.
          </Text>
          <Button size="compact-sm" variant="light" onClick={() => setWanted(true)}>
            Show the menu
          </Button>
        </Group>
      </Section>
    );
  }
  return (
    <Section
      title="What is cheapest to try"
      id="menu"
      actions={
        may.write &&
        menu.data !== undefined && <OtherMitigation incident={incident} kinds={menu.data.kinds} />
      }
    >
      <Answered of={menu} rows={3}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing on the menu makes sense now: no failures are counted since the impact began,
              or all that would help is in force. “Something else” applies what is not offered.
            </Text>
          ) : (
            <Stack gap="xs">
              <Stack gap="xs" role="list" aria-label="Mitigations on offer">
                {(isAll ? data : data.slice(0, SHOWN)).map((offer, nth) => (
                  <One
                    key={`${offer.kind} ${JSON.stringify(offer.target)}`}
                    offer={offer}
                    nth={nth}
                    incident={incident}
                  />
                ))}
              </Stack>
              {data.length > SHOWN && (
                <Button variant="subtle" size="xs" onClick={() => setAll(!isAll)}>
                  {isAll ? 'Only the cheapest' : `${data.length - SHOWN} that cost more`}
                </Button>
              )}
            </Stack>
          )
        }
      </Answered>
    </Section>
  );
}

function One({
  offer,
  nth,
  incident,
}: {
  readonly offer: Offer;
  readonly nth: number;
  readonly incident: Incident;
}): ReactNode {
  const may = useMay();
  const [isWhole, setWhole] = useState(nth < SHOWN_WHOLE);
  const { kind, title, does, because, costs, timeToEffect, risk, undo, isReversible, target } =
    offer;
  const inTheWay = offer.interactions.filter(({ verdict }) => verdict === 'refuse');
  const isAsked = costs.level >= ASKED_FROM || !isReversible;
  return (
    <Paper withBorder p="sm" role="listitem">
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <Stack gap={2} style={{ minWidth: 0, flex: 1 }}>
          <Group gap="xs">
            <Text fw={600}>{title}</Text>
            <Cost level={costs.level} />
            {!isReversible && (
              <State of="no way back" tone="warn">
                no way back
              </State>
            )}
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {because}
          </Text>
          {offer.interactions.map(({ verdict, mitigationId, text }) => (
            <Text key={mitigationId} size="sm">
              <b>{verdict === 'refuse' ? 'Not now:' : 'Careful:'}</b> {text}
            </Text>
          ))}
        </Stack>
        {may.write && (
          <Act
            operation="v1.incident.mitigate"
            request={() => ({
              path: { incident_id: incident.id },
              body: { kind, target: { ...target } },
            })}
            changes={[...incidentAnswers, 'v1.change.list']}
            name={`Apply: ${title}`}
            said={({ mitigation }) =>
              `Applied: ${mitigation.title}. Undo stands among what was tried.`
            }
            isDisabled={inTheWay.length > 0}
            button={nth === 0 ? { variant: 'filled' } : {}}
            {...(isAsked
              ? {
                  confirm: (
                    <Fields
                      of={[
                        ['Does', does],
                        ['Costs', costs.words],
                        ['Risk', risk],
                        ['Undone by', undo],
                      ]}
                    />
                  ),
                }
              : {})}
          >
            Apply
          </Act>
        )}
      </Group>
      <details
        open={isWhole}
        onToggle={(event) => setWhole(event.currentTarget.open)}
        style={{ marginTop: 6, fontSize: 14 }}
      >
        <summary style={{ cursor: 'pointer' }}>
          What it does, costs and risks<VisuallyHidden>: {title}</VisuallyHidden>
        </summary>
        <Fields
          of={[
            ['Does', does],
            ['Costs', costs.words],
            ['In force', timeToEffect.words],
            ['Risk', risk],
            ['Undone by', undo],
          ]}
        />
      </details>
    </Paper>
  );
}

/** 1: nearly nothing · 5: deliveries stand still for everybody. */
function Cost({ level }: { readonly level: number }): ReactNode {
  return (
    <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      <span aria-hidden>
        {'●'.repeat(level)}
        {'○'.repeat(5 - level)}
      </span>{' '}
      cost {level} of 5
    </Text>
  );
}
