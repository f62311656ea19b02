import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

export const startRoutes = [
  createRoute({
    ...under,
    path: paths.start,
    component: lazyPage(() => import('./first-delivery-page.tsx'), 'FirstDeliveryPage'),
  }),
  createRoute({
    ...under,
    path: paths.settings,
    component: lazyPage(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
];
