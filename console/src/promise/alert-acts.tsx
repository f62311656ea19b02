import { Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, momentIn, TimeInput, useNow } from '../ui/index.ts';
import { alertAnswers, headlineOf, tabOf, type AlertBrief } from './alert.ts';

const HOUR_MS = 3_600_000;

/** What can be done about an alert, by whoever may. */
export function AlertActs({
  alert,
  hasKeys = false,
}: {
  readonly alert: AlertBrief;
  /** On the page of one alert. */
  readonly hasKeys?: boolean;
}): ReactNode {
  const may = useMay();
  const now = useNow();
  if (!may.write || alert.state === 'resolved') return null;
  const path = { alert_id: alert.id };
  const named = (verb: string): string => (hasKeys ? verb : `${verb}: ${headlineOf(alert.title)}`);
  return (
    <>
      {alert.state === 'firing' && (
        <Act
          operation="v1.alert.acknowledge"
          request={() => ({ path, body: {} })}
          changes={alertAnswers}
          name={named('Acknowledge')}
          said="You look after it: nobody else is told, unless it gets worse."
          {...(hasKeys ? { hotkey: 'a', button: { variant: 'filled' } } : {})}
        >
          Acknowledge
        </Act>
      )}
      {tabOf(alert, now) === 'silenced' ? (
        <Act
          operation="v1.alert.silence"
          request={() => ({ path, body: { until: new Date(Date.now() - 1000).toISOString() } })}
          changes={alertAnswers}
          name={named('End the silence')}
          said="The silence is over: what still fires is told."
        >
          End the silence
        </Act>
      ) : (
        <Silence alert={alert} name={named('Silence')} {...(hasKeys ? { hotkey: 's' } : {})} />
      )}
      {hasKeys && (
        <Act
          operation="v1.alert.resolve"
          request={() => ({ path, body: {} })}
          changes={alertAnswers}
          name={named('Resolve')}
          confirm="You call it over. Where its condition still holds it fires anew, as a new alert, and people are told again."
          said="It is resolved."
        >
          Resolve
        </Act>
      )}
    </>
  );
}

const spans = [
  { value: '1', label: 'An hour' },
  { value: '4', label: 'Four hours' },
  { value: '24', label: 'A day' },
  { value: '168', label: 'A week' },
  { value: 'at', label: 'Until a moment' },
];

function Silence({
  alert,
  name,
  hotkey,
}: {
  readonly alert: AlertBrief;
  readonly name: string;
  readonly hotkey?: string;
}): ReactNode {
  const [span, setSpan] = useState('1');
  const [at, setAt] = useState('');
  const given = momentIn(at);
  const isReady = span !== 'at' || given !== null;
  return (
    <Act
      operation="v1.alert.silence"
      request={() => ({
        path: { alert_id: alert.id },
        body: { until: span === 'at' ? (given ?? '') : hoursOn(Number(span)) },
      })}
      changes={alertAnswers}
      onOpen={() => {
        setSpan('1');
        setAt('');
      }}
      name={name}
      verb="Silence"
      isReady={isReady}
      said="It is silenced. It still counts, and is told if it gets worse."
      {...(hotkey === undefined ? {} : { hotkey })}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Nobody is told of it before the end, unless it gets worse. What still fires then is
            told.
          </Text>
          <Select
            label="For"
            data={spans}
            value={span}
            onChange={(value) => setSpan(value ?? '1')}
            allowDeselect={false}
          />
          {span === 'at' && <TimeInput label="Until" value={at} onChange={setAt} isRequired />}
        </Stack>
      }
    >
      Silence
    </Act>
  );
}

function hoursOn(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}
