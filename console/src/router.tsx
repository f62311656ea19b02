import { createRouter } from '@tanstack/react-router';
import { changeRoutes } from './change/routes.tsx';
import { deliverRoutes } from './deliver/routes.tsx';
import { learnRoutes } from './learn/routes.tsx';
import { promiseRoutes } from './promise/routes.tsx';
import { respondRoutes } from './respond/routes.tsx';
import { root } from './shell/root.tsx';
import { startRoutes } from './start/routes.tsx';
import { parseSearch, stringifySearch } from './ui/index.ts';

export const router = createRouter({
  routeTree: root.addChildren([
    ...startRoutes,
    ...deliverRoutes,
    ...promiseRoutes,
    ...changeRoutes,
    ...respondRoutes,
    ...learnRoutes,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});
