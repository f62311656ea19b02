import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Id, paths, To } from '../ui/index.ts';

/** An application by its name; by its id where it is gone, or not known yet. */
export function ApplicationName({ app }: { readonly app: string }): ReactNode {
  const application = useAnswer('v1.application.get', { path: { app_id: app } });
  return <To to={paths.application(app)}>{application.data?.name ?? <Id>{app}</Id>}</To>;
}

/** What an endpoint is called; its id where it is gone, or not known yet. */
export function useEndpointName(app: string, endpoint: string): string {
  const answer = useAnswer('v1.endpoint.get', { path: { app_id: app, endpoint_id: endpoint } });
  if (answer.data === undefined) return endpoint;
  const { description, url } = answer.data;
  return description === undefined || description === '' ? url : description;
}

export function EndpointName({
  app,
  endpoint,
  to = paths.endpoint(app, endpoint),
}: {
  readonly app: string;
  readonly endpoint: string;
  readonly to?: string;
}): ReactNode {
  return <To to={to}>{useEndpointName(app, endpoint)}</To>;
}
