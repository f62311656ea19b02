import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const deliverRoutes = [
  createRoute({
    ...under,
    path: paths.overview,
    component: lazyPage(() => import('./overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...under,
    path: paths.applications,
    component: lazyPage(() => import('./applications-page.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    ...under,
    path: paths.application('$app'),
    component: lazyPage(() => import('./application-page.tsx'), 'ApplicationPage'),
  }),
  createRoute({
    ...under,
    path: paths.endpoint('$app', '$endpoint'),
    component: lazyPage(() => import('./endpoint-page.tsx'), 'EndpointPage'),
  }),
  createRoute({
    ...under,
    path: paths.messages('$app'),
    component: lazyPage(() => import('./messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    ...under,
    path: paths.message('$app', '$message'),
    component: lazyPage(() => import('./message-page.tsx'), 'MessagePage'),
  }),
  createRoute({
    ...under,
    path: paths.attempt('$app', '$message', '$attempt'),
    component: lazyPage(() => import('./attempt-page.tsx'), 'AttemptPage'),
  }),
  createRoute({
    ...under,
    path: paths.deadLetters('$app'),
    component: lazyPage(() => import('./dead-letters-page.tsx'), 'DeadLettersPage'),
  }),
  createRoute({
    ...under,
    path: paths.act('$app', '$act'),
    component: lazyPage(() => import('./act-page.tsx'), 'ActPage'),
  }),
  createRoute({
    ...under,
    path: paths.live,
    component: lazyPage(() => import('./live-page.tsx'), 'LivePage'),
  }),
  createRoute({
    ...under,
    path: paths.certificates,
    component: lazyPage(() => import('./certificates-page.tsx'), 'CertificatesPage'),
  }),
];
