import { createRouter } from '@tanstack/react-router';
import { changeRoutes } from './change/routes.tsx';
import { deliverRoutes } from './deliver/routes.tsx';
import { learnRoutes } from './learn/routes.tsx';
import { promiseRoutes } from './promise/routes.tsx';
import { respondRoutes } from './respond/routes.tsx';
import { PageFault } from './shell/page-fault.tsx';
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
  // Of one page: the frame stays, and with it the way to all others.
  defaultErrorComponent: PageFault,
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});
