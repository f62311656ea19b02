import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import { Loading } from '../ui/index.ts';
import type { EndpointForm } from './endpoint-form.tsx';

const Form = lazy(async () => ({ default: (await import('./endpoint-form.tsx')).EndpointForm }));

/** The form of an endpoint, whose fields are loaded once somebody opens it. */
export function LazyEndpointForm(props: ComponentProps<typeof EndpointForm>): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Form {...props} />
    </Suspense>
  );
}
