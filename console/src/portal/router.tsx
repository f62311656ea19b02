import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { Empty, Fault, Page, parseSearch, stringifySearch, To } from '../ui/index.ts';
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
    component: lazyRouteComponent(() => import('./endpoint-page.tsx'), 'EndpointPage'),
  }),
  createRoute({
    ...under,
    path: '/message',
    component: lazyRouteComponent(() => import('./messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    ...under,
    path: '/message/$message',
    component: lazyRouteComponent(() => import('./message-page.tsx'), 'MessagePage'),
  }),
  createRoute({
    ...under,
    path: '/message/$message/attempt/$attempt',
    component: lazyRouteComponent(() => import('./attempt-page.tsx'), 'AttemptPage'),
  }),
  createRoute({
    ...under,
    path: '/attempt',
    component: lazyRouteComponent(() => import('./attempts-page.tsx'), 'AttemptsPage'),
  }),
  createRoute({
    ...under,
    path: '/undelivered',
    component: lazyRouteComponent(() => import('./undelivered-page.tsx'), 'UndeliveredPage'),
  }),
  createRoute({
    ...under,
    path: '/act/$act',
    component: lazyRouteComponent(() => import('./act-page.tsx'), 'ActPage'),
  }),
  createRoute({
    ...under,
    path: '/event-type',
    component: lazyRouteComponent(() => import('./event-types-page.tsx'), 'EventTypesPage'),
  }),
  createRoute({
    ...under,
    path: '/event-type/$name',
    component: lazyRouteComponent(() => import('./event-type-page.tsx'), 'EventTypePage'),
  }),
  createRoute({
    ...under,
    path: '/secret',
    component: lazyRouteComponent(() => import('./secrets-page.tsx'), 'SecretsPage'),
  }),
  createRoute({
    ...under,
    path: '/status',
    component: lazyRouteComponent(() => import('./status-page.tsx'), 'StatusPage'),
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
