import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const changeRoutes = [
  createRoute({
    ...under,
    path: paths.changes,
    component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
  }),
  createRoute({
    ...under,
    path: paths.change('$change'),
    component: lazyPage(() => import('./change-page.tsx'), 'ChangePage'),
  }),
  createRoute({
    ...under,
    path: paths.canaries,
    component: lazyPage(() => import('./canaries-page.tsx'), 'CanariesPage'),
  }),
  createRoute({
    ...under,
    path: paths.canary('$app', '$endpoint'),
    component: lazyPage(() => import('./canary-page.tsx'), 'CanaryPage'),
  }),
  createRoute({
    ...under,
    path: paths.eventTypes,
    component: lazyPage(() => import('./event-types-page.tsx'), 'EventTypesPage'),
  }),
  createRoute({
    ...under,
    path: `${paths.eventTypes}/$eventType`,
    component: lazyPage(() => import('./event-type-page.tsx'), 'EventTypePage'),
  }),
  createRoute({
    ...under,
    path: paths.policies,
    component: lazyPage(() => import('./policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    ...under,
    path: `${paths.policies}/$policy`,
    component: lazyPage(() => import('./policy-page.tsx'), 'PolicyPage'),
  }),
];
