import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Empty, Fault, lazyPage, Page, parseSearch, stringifySearch, To } from '../ui/index.ts';
import { EndpointsPage } from './endpoints-page.tsx';
import { Frame } from './frame.tsx';
import { places } from './places.ts';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        It may have been cut when it was copied. <To to={places.endpoints}>Go to your endpoints</To>
        .
      </Empty>
    </Page>
  ),
  errorComponent: ({ error, reset }) => (
    <Page title="This page has a fault">
      <Fault error={error} again={reset} />
    </Page>
  ),
});

const under = { getParentRoute: () => root };

const routes = [
  createRoute({ ...under, path: '/', component: EndpointsPage }),
  createRoute({
    ...under,
    path: '/endpoint/$endpoint',
    component: lazyPage(() => import('./endpoint-page.tsx'), 'EndpointPage'),
  }),
  createRoute({
    ...under,
    path: '/message',
    component: lazyPage(() => import('./messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    ...under,
    path: '/message/$message',
    component: lazyPage(() => import('./message-page.tsx'), 'MessagePage'),
  }),
  createRoute({
    ...under,
    path: '/message/$message/attempt/$attempt',
    component: lazyPage(() => import('./attempt-page.tsx'), 'AttemptPage'),
  }),
  createRoute({
    ...under,
    path: '/attempt',
    component: lazyPage(() => import('./attempts-page.tsx'), 'AttemptsPage'),
  }),
  createRoute({
    ...under,
    path: '/undelivered',
    component: lazyPage(() => import('./undelivered-page.tsx'), 'UndeliveredPage'),
  }),
  createRoute({
    ...under,
    path: '/act/$act',
    component: lazyPage(() => import('./act-page.tsx'), 'ActPage'),
  }),
  createRoute({
    ...under,
    path: '/event-type',
    component: lazyPage(() => import('./event-types-page.tsx'), 'EventTypesPage'),
  }),
  createRoute({
    ...under,
    path: '/event-type/$name',
    component: lazyPage(() => import('./event-type-page.tsx'), 'EventTypePage'),
  }),
  createRoute({
    ...under,
    path: '/secret',
    component: lazyPage(() => import('./secrets-page.tsx'), 'SecretsPage'),
  }),
  createRoute({
    ...under,
    path: '/status',
    component: lazyPage(() => import('./status-page.tsx'), 'StatusPage'),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/portal',
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});
