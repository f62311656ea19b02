import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../shell/index.ts';
import { EndpointSecret } from '../ui/delivery/endpoint-secret.tsx';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Act, Section, type Endpoint } from '../ui/index.ts';
import { EndpointCertificate } from './endpoint-certificate.tsx';
import { EndpointHeaders } from './endpoint-headers.tsx';
import { EndpointWhat } from './endpoint-what.tsx';

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
      {may.write && (
        <EndpointSecret path={path}>
          The receiver verifies by it that a request comes from here (Standard Webhooks).
        </EndpointSecret>
      )}
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
