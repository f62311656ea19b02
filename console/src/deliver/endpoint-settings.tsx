import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../shell/index.ts';
import { Act, Section } from '../ui/index.ts';
import type { EndpointPath } from './endpoint-actions.tsx';
import { EndpointCertificate } from './endpoint-certificate.tsx';
import { EndpointHeaders } from './endpoint-headers.tsx';
import { EndpointSecret } from './endpoint-secret.tsx';
import { EndpointWhat } from './endpoint-what.tsx';
import type { Endpoint } from './words.ts';

/** What an endpoint is: where, what it takes, how requests to it are signed, and what they carry. */
export function EndpointSettings({
  path,
  endpoint,
  back,
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
  readonly back: string;
}): ReactNode {
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Stack gap="md">
      <EndpointWhat path={path} endpoint={endpoint} />
      {may.write && <EndpointSecret path={path} />}
      <EndpointHeaders path={path} />
      <EndpointCertificate url={endpoint.url} />
      {may.write && (
        <Section title="End">
          <Act
            operation="v1.endpoint.delete"
            request={() => ({ path })}
            changes={['v1.endpoint.list']}
            confirm="Deletes this endpoint. What is still scheduled for it is cancelled on record. The change can be reverted; what was cancelled stays cancelled."
            said="The endpoint is deleted."
            onDone={() => void navigate({ to: back })}
            button={{ color: 'red', variant: 'light' }}
          >
            Delete endpoint
          </Act>
        </Section>
      )}
    </Stack>
  );
}
