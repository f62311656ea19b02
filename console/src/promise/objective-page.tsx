import { Button, Text } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  count,
  Figure,
  Figures,
  Moment,
  money,
  Page,
  paths,
  Section,
  State,
} from '../ui/index.ts';
import { BudgetBar } from './budget-bar.tsx';
import { ObjectiveExplanation } from './explanation-of.tsx';
import { ObjectiveAlerts } from './objective-alerts.tsx';
import { ObjectiveChanges } from './objective-changes.tsx';
import { ObjectiveEndpoints } from './objective-endpoints.tsx';
import { ObjectiveHistory } from './objective-history.tsx';
import {
  achievedWords,
  allowedWords,
  burnNow,
  forecastWords,
  objectiveAnswers,
  promiseOf,
  rateWords,
  standingOf,
  targetWords,
  type Standing,
} from './objective.ts';
import { OpenSloExport } from './openslo-export.tsx';

const EVERY_MS = 15_000;
const HOUR_MS = 3_600_000;

/** One objective: what it promises, and how it stands. */
export function ObjectivePage(): ReactNode {
  const { name = '' }: { readonly name?: string } = useParams({ strict: false });
  const may = useMay();
  const navigate = useNavigate();
  const answer = useAnswer(
    'v1.objective.get-status',
    { path: { objective_name: name } },
    { everyMs: EVERY_MS },
  );
  const found = answer.data;
  const standing = found === undefined ? null : standingOf(found.status);
  return (
    <Page
      title={name}
      crumbs={[{ text: 'Board', to: paths.board }]}
      badge={standing !== null && <State of={standing.word} tone={standing.tone} />}
      lead={found === undefined ? undefined : promiseOf(found.objective)}
      actions={
        may.write && (
          <>
            <Button
              size="xs"
              variant="default"
              renderRoot={(props) => <Link {...props} to={paths.objectiveEditor(name)} />}
            >
              Edit
            </Button>
            <Act
              operation="v1.objective.delete"
              request={() => ({ path: { objective_name: name } })}
              changes={objectiveAnswers.filter(
                (id) => id === 'v1.board.get' || id === 'v1.change.list',
              )}
              confirm={`Nobody is held to “${name}” any more, and its alerts end. What was recorded stays, and the list of changes brings it back.`}
              said={`${name} is deleted. It can be brought back from the list of changes.`}
              onDone={() => void navigate({ to: paths.board })}
              button={{ color: 'red', variant: 'light' }}
            >
              Delete
            </Act>
          </>
        )
      }
    >
      <Answered of={answer} rows={10}>
        {(shown) => <Shown of={shown} />}
      </Answered>
    </Page>
  );
}

function Shown({ of }: { readonly of: Standing }): ReactNode {
  const { objective, status, endpoints } = of;
  const { target, periodDays, owner, consumers, description } = objective;
  const total = status.good + status.bad;
  const hour = status.burn.find(({ windowMs }) => windowMs === HOUR_MS);
  return (
    <>
      {description !== '' && (
        <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {description}
        </Text>
      )}
      <Text size="sm">
        Kept by <b>{owner}</b>
        {consumers.length > 0 && (
          <>
            ; <b>{consumers.join(', ')}</b> {consumers.length === 1 ? 'relies' : 'rely'} on it
          </>
        )}
        .
      </Text>
      <Figures across={4}>
        <Figure
          name="Achieved"
          value={total === 0 ? '–' : achievedWords(status.ratio, target)}
          hint={
            total === 0
              ? 'no traffic in the period'
              : `of ${targetWords(target)}; ${count(status.bad)} bad of ${count(total)}`
          }
          isBad={!status.isMet}
        />
        <Figure
          name="Budget left"
          value={<BudgetFigure of={status} />}
          hint={`${allowedWords(status.budget.allowed)} bad outcomes are allowed in ${periodDays} days of this traffic`}
        />
        <Figure
          name="Burn now"
          value={hour === undefined || hour.good + hour.bad === 0 ? '–' : rateWords(hour.rate)}
          hint={`${burnNow(status)}; ${status.burn
            .filter(({ windowMs }) => windowMs !== HOUR_MS)
            .map(({ windowMs, rate }) => `${windowWords(windowMs)}: ${rateWords(rate)}`)
            .join(', ')}. 1× spends the budget exactly.`}
        />
        <Figure
          name="At risk a week"
          value={
            status.atRisk.length === 0
              ? '–'
              : status.atRisk.map(({ perWeek, currency }) => money(perWeek, currency)).join(', ')
          }
          hint={riskHint(status)}
        />
      </Figures>
      <Text size="sm">
        <b>{forecastWords(status)}</b>{' '}
        {status.budget.left > 0 && (
          <>
            {status.forecast.exhaustedAt !== null && (
              <>
                That is at <Moment at={status.forecast.exhaustedAt} isAbsolute />.{' '}
              </>
            )}
            <Text span size="sm" c="dimmed">
              {status.forecast.assumptions.join(' ')}
            </Text>
          </>
        )}
      </Text>
      <ObjectiveHistory objective={objective} status={status} />
      <ObjectiveAlerts name={objective.name} />
      {objective.indicator !== 'accounted' && status.bad > 0 && (
        <ObjectiveExplanation name={objective.name} />
      )}
      <ObjectiveEndpoints endpoints={endpoints} />
      <ObjectiveChanges name={objective.name} />
      <Section title="As OpenSLO">
        <OpenSloExport name={objective.name} />
      </Section>
    </>
  );
}

function BudgetFigure({
  of: { budget, good, bad },
}: {
  readonly of: Standing['status'];
}): ReactNode {
  return (
    <span style={{ display: 'block', fontSize: 14, fontWeight: 400 }}>
      <BudgetBar left={budget.left} hasTraffic={good + bad > 0} />
    </span>
  );
}

function windowWords(windowMs: number): string {
  const hours = windowMs / HOUR_MS;
  return hours < 24 ? `${hours} h` : `${hours / 24} d`;
}

function riskHint({ atRisk }: Standing['status']): string {
  const [first] = atRisk;
  if (first === undefined) return 'neither messages nor the objective say what a delivery is worth';
  const from = first.source === 'messages' ? 'as messages carry it' : 'as the objective says';
  return `${money(first.perBad, first.currency)} a bad outcome, ${from}`;
}
