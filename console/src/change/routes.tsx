import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const changeRoutes = [
  createRoute({
    ...under,
    path: paths.changes,
    component: lazyRouteComponent(() => import('./changes-page.tsx'), 'ChangesPage'),
  }),
  createRoute({
    ...under,
    path: paths.change('$change'),
    component: lazyRouteComponent(() => import('./change-page.tsx'), 'ChangePage'),
  }),
  createRoute({
    ...under,
    path: paths.canaries,
    component: lazyRouteComponent(() => import('./canaries-page.tsx'), 'CanariesPage'),
  }),
  createRoute({
    ...under,
    path: paths.canary('$app', '$endpoint'),
    component: lazyRouteComponent(() => import('./canary-page.tsx'), 'CanaryPage'),
  }),
  createRoute({
    ...under,
    path: paths.eventTypes,
    component: lazyRouteComponent(() => import('./event-types-page.tsx'), 'EventTypesPage'),
  }),
  createRoute({
    ...under,
    path: `${paths.eventTypes}/$eventType`,
    component: lazyRouteComponent(() => import('./event-type-page.tsx'), 'EventTypePage'),
  }),
  createRoute({
    ...under,
    path: paths.policies,
    component: lazyRouteComponent(() => import('./policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    ...under,
    path: `${paths.policies}/$policy`,
    component: lazyRouteComponent(() => import('./policy-page.tsx'), 'PolicyPage'),
  }),
];
