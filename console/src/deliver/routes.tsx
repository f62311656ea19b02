import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const deliverRoutes = [
  createRoute({
    ...under,
    path: paths.overview,
    component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...under,
    path: paths.applications,
    component: lazyRouteComponent(() => import('./applications-page.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    ...under,
    path: paths.application('$app'),
    component: lazyRouteComponent(() => import('./application-page.tsx'), 'ApplicationPage'),
  }),
  createRoute({
    ...under,
    path: paths.endpoint('$app', '$endpoint'),
    component: lazyRouteComponent(() => import('./endpoint-page.tsx'), 'EndpointPage'),
  }),
  createRoute({
    ...under,
    path: paths.messages('$app'),
    component: lazyRouteComponent(() => import('./messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    ...under,
    path: paths.message('$app', '$message'),
    component: lazyRouteComponent(() => import('./message-page.tsx'), 'MessagePage'),
  }),
  createRoute({
    ...under,
    path: paths.attempt('$app', '$message', '$attempt'),
    component: lazyRouteComponent(() => import('./attempt-page.tsx'), 'AttemptPage'),
  }),
  createRoute({
    ...under,
    path: paths.deadLetters('$app'),
    component: lazyRouteComponent(() => import('./dead-letters-page.tsx'), 'DeadLettersPage'),
  }),
  createRoute({
    ...under,
    path: paths.act('$app', '$act'),
    component: lazyRouteComponent(() => import('./act-page.tsx'), 'ActPage'),
  }),
  createRoute({
    ...under,
    path: paths.live,
    component: lazyRouteComponent(() => import('./live-page.tsx'), 'LivePage'),
  }),
  createRoute({
    ...under,
    path: paths.certificates,
    component: lazyRouteComponent(() => import('./certificates-page.tsx'), 'CertificatesPage'),
  }),
];
