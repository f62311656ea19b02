import { createRouter } from '@tanstack/react-router';
import { changeRoutes } from './change/routes.tsx';
import { deliverRoutes } from './deliver/routes.tsx';
import { learnRoutes } from './learn/routes.tsx';
import { promiseRoutes } from './promise/routes.tsx';
import { respondRoutes } from './respond/routes.tsx';
import { root } from './shell/root.tsx';
import { startRoutes } from './start/routes.tsx';

/** Plain text in addresses: `?status=failed`, which people can read and write. */
function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

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
