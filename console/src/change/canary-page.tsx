import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Answered,
  Empty,
  Fault,
  Fields,
  Figure,
  Figures,
  Id,
  Moment,
  Page,
  paths,
  percent,
  Section,
  State,
  To,
  useParam,
} from '../ui/index.ts';
import { CanaryArms, CanaryEvidence } from './canary-arms.tsx';
import { Moves } from './canary-moves.tsx';
import { CanarySteps } from './canary-steps.tsx';
import { canaryFields, canaryTone, type Canary, type CanaryPath } from './canary.ts';
import { ApplicationName, useEndpointName } from './names.tsx';
import { StartCanary } from './start-canary.tsx';
import { useMissing } from './use-missing.ts';

const REFRESH_MS = 3000;

/** An endpoint's canary, or the last one that it had. */
export function CanaryPage(): ReactNode {
  const [app, endpoint] = [useParam('app'), useParam('endpoint')];
  const path: CanaryPath = { app_id: app, endpoint_id: endpoint };
  const may = useMay();
  const name = useEndpointName(app, endpoint);
  const of = useAnswer('v1.endpoint.get', { path });
  const answer = useAnswer('v1.canary.get', { path });
  const hasNone = useMissing(answer);
  const canary = hasNone ? undefined : answer.data;
  return (
    <Page
      title={`Canary of ${name}`}
      crumbs={[
        { text: 'Canaries', to: paths.canaries },
        { text: name, to: paths.endpoint(app, endpoint) },
      ]}
      badge={canary !== undefined && <State of={canary.state} tone={canaryTone(canary.state)} />}
      actions={
        may.write &&
        of.error?.status !== 404 &&
        (canary === undefined || canary.endedAt !== null ? (
          hasNone || canary !== undefined ? (
            <StartCanary path={path} />
          ) : null
        ) : (
          <Moves path={path} canary={canary} name={name} />
        ))
      }
    >
      {hasNone && of.error?.status === 404 ? (
        <Fault error={of.error} />
      ) : hasNone ? (
        <Empty title="This endpoint never had a canary">
          Try a change of it on a share of its messages first: another URL, headers, a secret, a
          policy or payload versions. The others go out as before, both are compared, and the change
          is promoted or rolled back by itself. “Start a canary” above begins one.
        </Empty>
      ) : (
        <Answered of={answer}>{(value) => <Known canary={value} path={path} />}</Answered>
      )}
    </Page>
  );
}

function Known({
  canary,
  path,
}: {
  readonly canary: Canary;
  readonly path: CanaryPath;
}): ReactNode {
  const { state, stateReason, endedAt, steps, step, candidate, stable } = canary;
  const isOver = endedAt !== null;
  // As long as it goes on its figures grow.
  useAnswer('v1.canary.get', { path }, isOver ? {} : { everyMs: REFRESH_MS });
  const share = (arm: Canary['stable']): string =>
    arm.attempts === 0 ? '–' : percent((arm.attempts - arm.failed) / arm.attempts);
  return (
    <>
      {isOver && (
        <Alert
          color={state === 'promoted' ? 'teal' : state === 'rolled_back' ? 'red' : 'gray'}
          title={endings[state] ?? 'It is over'}
        >
          <Text size="sm">
            <Moment at={endedAt} />
            {stateReason === null ? '' : `: ${stateReason}`}
          </Text>
          {state === 'promoted' && (
            <Text size="sm">
              <To to={paths.changes} search={{ app: path.app_id, endpoint: path.endpoint_id }}>
                It is a change of the endpoint
              </To>
              , and can be taken back there.
            </Text>
          )}
        </Alert>
      )}
      <Figures>
        <Figure
          name={isOver ? 'Share at the end' : 'Share of the candidate now'}
          value={`${isOver ? (steps[step - 1]?.percent ?? 0) : canary.percent} %`}
          hint={`step ${step} of ${steps.length}`}
        />
        <Figure
          name="Succeeded at once, candidate"
          value={share(candidate)}
          hint={`as it is: ${share(stable)}`}
        />
        <Figure name="Began" value={<Moment at={canary.createdAt} />} />
        <Figure name="Tries" value={canaryFields(canary.fields)} />
      </Figures>
      <Section title="Both arms side by side">
        <CanaryArms canary={canary} />
      </Section>
      <Section title="What the comparison says">
        <CanaryEvidence canary={canary} />
      </Section>
      <Section title={isOver ? 'How far it came' : 'How far it is'}>
        <CanarySteps canary={canary} />
      </Section>
      <Section title="What it tries">
        <Fields
          of={[
            ['Changes', canaryFields(canary.fields)],
            ['URL', canary.url === null ? null : <Id key="url">{canary.url}</Id>],
            [
              'Policy',
              canary.fields.includes('policy') ? (
                canary.policy === null ? (
                  'none of its own'
                ) : (
                  <To key="policy" to={paths.policy(canary.policy)}>
                    {canary.policy}
                  </To>
                )
              ) : null,
            ],
            [
              'Payload versions',
              canary.payloadVersions === null ? null : pinsOf(canary.payloadVersions),
            ],
            [
              'Only with the promotion',
              canary.atPromotion.length === 0
                ? null
                : `${canary.atPromotion.join(', ')}: both arms share them until then`,
            ],
            ['A delivery is late after', `${canary.deadlineSeconds} s`],
            ['Application', <ApplicationName key="app" app={path.app_id} />],
            ['Id', <Id key="id">{canary.id}</Id>],
          ]}
        />
      </Section>
    </>
  );
}

const endings: Readonly<Record<string, string>> = {
  promoted: 'Promoted: the endpoint has the change',
  rolled_back: 'Rolled back: the endpoint is what it was',
  stopped: 'Stopped: the endpoint is what it was',
};

function pinsOf(pins: Readonly<Record<string, string>>): string {
  const all = Object.entries(pins).map(([type, version]) => `${type}: ${version}`);
  return all.length === 0 ? 'no pins' : all.join(', ');
}
