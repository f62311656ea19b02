import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

export const startRoutes = [
  createRoute({
    ...under,
    path: paths.start,
    component: lazyRouteComponent(() => import('./first-delivery-page.tsx'), 'FirstDeliveryPage'),
  }),
  createRoute({
    ...under,
    path: paths.settings,
    component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
];
