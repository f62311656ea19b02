import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const promiseRoutes = [
  createRoute({
    ...under,
    path: paths.board,
    component: lazyPage(() => import('./board-page.tsx'), 'BoardPage'),
  }),
  createRoute({
    ...under,
    path: '/objective/$name',
    component: lazyPage(() => import('./objective-page.tsx'), 'ObjectivePage'),
  }),
  createRoute({
    ...under,
    path: '/objective/$name/edit',
    component: lazyPage(() => import('./edit-objective-page.tsx'), 'EditObjectivePage'),
  }),
  createRoute({
    ...under,
    path: paths.newObjective,
    component: lazyPage(() => import('./new-objective-page.tsx'), 'NewObjectivePage'),
  }),
  createRoute({
    ...under,
    path: paths.alerts,
    component: lazyPage(() => import('./alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    ...under,
    path: paths.alert('$alert'),
    component: lazyPage(() => import('./alert-page.tsx'), 'AlertPage'),
  }),
  createRoute({
    ...under,
    path: paths.notifiers,
    component: lazyPage(() => import('./notifiers-page.tsx'), 'NotifiersPage'),
  }),
];
