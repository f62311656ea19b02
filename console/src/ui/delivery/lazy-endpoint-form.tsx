import { lazy, Suspense, type ReactNode } from 'react';
import { Loading } from '../states.tsx';
import type { EndpointFormProps } from './endpoint-form.tsx';

const Form = lazy(async () => ({ default: (await import('./endpoint-form.tsx')).EndpointForm }));

/** The form of an endpoint, whose fields are loaded once somebody opens it. */
export function LazyEndpointForm(props: EndpointFormProps): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Form {...props} />
    </Suspense>
  );
}
