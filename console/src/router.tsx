import { createRouter } from '@tanstack/react-router';
import { deliverRoutes } from './deliver/routes.tsx';
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
  routeTree: root.addChildren([...startRoutes, ...deliverRoutes]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});
