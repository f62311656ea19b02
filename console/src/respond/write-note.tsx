import { Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, momentIn, TimeInput } from '../ui/index.ts';
import { evidenceIn } from './evidence-in.ts';
import { incidentAnswers, type Incident } from './incident.ts';

/** A row of one's own on the timeline, at its true time, with what shows it. */
export function WriteNote({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const [text, setText] = useState('');
  const [at, setAt] = useState('');
  const [links, setLinks] = useState('');
  if (!may.write) return null;
  const { evidence, unknown } = evidenceIn(links);
  return (
    <Act
      operation="v1.incident.write-note"
      request={() => {
        const moment = momentIn(at);
        return {
          path: { incident_id: incident.id },
          body: {
            text: text.trim(),
            ...(moment === null ? {} : { at: moment }),
            ...(evidence.length === 0 ? {} : { evidence }),
          },
        };
      }}
      changes={incidentAnswers}
      onOpen={() => {
        setText('');
        setAt('');
        setLinks('');
      }}
      said="It stands on the timeline."
      isReady={text.trim() !== '' && unknown.length === 0}
      hotkey="n"
      size="lg"
      confirm={
        <Stack gap="sm">
          <Textarea
            label="What happened"
            placeholder="Asked the receiver's team by phone: they deployed at 02:55."
            autosize
            minRows={3}
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            data-autofocus
          />
          <TimeInput
            label="When it happened"
            description="Now, unless you say otherwise; it stands in its place on the timeline."
            value={at}
            onChange={setAt}
          />
          <TextInput
            label="Evidence"
            description="Addresses, or ids such as chg_… and alert_…, with blanks between them."
            value={links}
            onChange={(event) => setLinks(event.currentTarget.value)}
            error={unknown.length > 0 && `Neither an address nor an id: ${unknown.join(', ')}`}
          />
        </Stack>
      }
    >
      Add a note
    </Act>
  );
}
