import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const promiseRoutes = [
  createRoute({
    ...under,
    path: paths.board,
    component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage'),
  }),
  createRoute({
    ...under,
    path: '/objective/$name',
    component: lazyRouteComponent(() => import('./objective-page.tsx'), 'ObjectivePage'),
  }),
  createRoute({
    ...under,
    path: '/objective/$name/edit',
    component: lazyRouteComponent(() => import('./edit-objective-page.tsx'), 'EditObjectivePage'),
  }),
  createRoute({
    ...under,
    path: paths.newObjective,
    component: lazyRouteComponent(() => import('./new-objective-page.tsx'), 'NewObjectivePage'),
  }),
  createRoute({
    ...under,
    path: paths.alerts,
    component: lazyRouteComponent(() => import('./alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    ...under,
    path: paths.alert('$alert'),
    component: lazyRouteComponent(() => import('./alert-page.tsx'), 'AlertPage'),
  }),
  createRoute({
    ...under,
    path: paths.notifiers,
    component: lazyRouteComponent(() => import('./notifiers-page.tsx'), 'NotifiersPage'),
  }),
];
