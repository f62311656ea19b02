import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  count,
  Figure,
  Figures,
  Page,
  paths,
  Section,
  State,
  To,
  useParam,
} from '../ui/index.ts';
import { AddVersion } from './add-version.tsx';
import { because } from './because.ts';
import { CompareVersions } from './compare-versions.tsx';
import { Consumers } from './consumers.tsx';
import { ContractMode } from './contract-mode.tsx';
import { ContractRecord } from './contract-record.tsx';
import { modes, type Contract } from './contract-words.ts';
import { DriftFindings } from './drift.tsx';
import { EventTypePauses, PauseEventType } from './event-type-pause.tsx';
import { Receivers } from './receivers.tsx';
import { SchemaView } from './schema-view.tsx';

type EventType = AnswerOf<'v1.event-type.get'>;

/** One event type: what its payload is, who gets it and relies on it, and what a change would break. */
export function EventTypePage(): ReactNode {
  const name = useParam('eventType');
  const may = useMay();
  const path = { event_type_name: name };
  const type = useAnswer('v1.event-type.get', { path });
  const contract = useAnswer('v1.contract.get', { path });
  return (
    <Page
      title={name}
      crumbs={[{ text: 'Event types', to: paths.eventTypes }]}
      badge={type.data !== undefined && <Badges of={type.data} />}
      lead={type.data?.description}
      actions={
        may.write &&
        type.data !== undefined &&
        contract.data !== undefined && (
          <>
            <AddVersion contract={contract.data} schemas={type.data.schemas ?? {}} />
            <ContractMode contract={contract.data} />
            <PauseEventType name={name} />
            <Archive of={type.data} />
          </>
        )
      }
    >
      <EventTypePauses name={name} />
      <Answered of={type}>
        {(known) => (
          <Answered of={contract}>
            {(held) => (
              <>
                <Standing contract={held} />
                <CompareVersions name={name} contract={held} />
                <SchemaView
                  name={name}
                  schemas={known.schemas ?? {}}
                  versions={held.versions}
                  inForce={held.version}
                />
                <Receivers name={name} inForce={held.version} />
                <Consumers name={name} consumers={held.consumers} />
                <DriftFindings name={name} />
                <ContractRecord contract={held} />
                <Section title="What was changed">
                  <Text size="sm">
                    <To to={paths.changes} search={{ kind: 'event_type', subject: name }}>
                      Changes of {name}
                    </To>
                    , each with what it was before, and the way back.
                  </Text>
                </Section>
              </>
            )}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}

function Badges({ of: { archived, deprecated } }: { readonly of: EventType }): ReactNode {
  return (
    <>
      {archived && <State of="archived" />}
      {deprecated && <State of="deprecated" tone="warn" />}
    </>
  );
}

function Standing({ contract }: { readonly contract: Contract }): ReactNode {
  const { version, versions, mode, compatibility, latestChange, consumers, violations } = contract;
  const unmet = consumers.filter((consumer) => consumer.unmet.length > 0).length;
  const broken = violations.warned + violations.rejected;
  return (
    <Figures>
      <Figure
        name="Version in force"
        value={version ?? 'none'}
        hint={
          versions.length === 0
            ? 'payloads are not described'
            : `of ${versions.length} ${versions.length === 1 ? 'version' : 'versions'}`
        }
      />
      <Figure name="Contract" value={mode} hint={modes[mode]} />
      <Figure
        name="Against the version before"
        value={latestChange === null ? '–' : latestChange.isCompatible ? 'compatible' : 'breaks'}
        hint={compatibility === 'none' ? 'nothing is asked' : `${compatibility} is asked`}
        isBad={latestChange?.isCompatible === false}
      />
      <Figure
        name="Did not follow"
        value={count(broken)}
        hint={
          unmet > 0
            ? `payloads since the start; ${unmet === 1 ? 'a consumer gets less than it relies' : `${unmet} consumers get less than they rely`} on`
            : 'payloads since Holdfast started'
        }
        isBad={broken > 0 || unmet > 0}
      />
    </Figures>
  );
}

function Archive({ of: { name, archived } }: { readonly of: EventType }): ReactNode {
  return (
    <Act
      operation="patch_event_type"
      request={(reason) => ({
        path: { event_type_name: name },
        body: { archived: !archived },
        ...because(reason),
      })}
      changes={['v1.event-type.get', 'v1.event-type.list', 'v1.change.list']}
      confirm={
        archived
          ? `${name} stands in the lists again.`
          : `${name} is no longer offered to whoever makes an endpoint. What is sent of it is delivered as before. It is a change, and can be taken back.`
      }
      asksReason
      said={archived ? 'It is in use again.' : 'It is archived.'}
    >
      {archived ? 'Bring back' : 'Archive'}
    </Act>
  );
}
