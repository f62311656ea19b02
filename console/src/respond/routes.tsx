import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const respondRoutes = [
  createRoute({
    ...under,
    path: paths.incidents,
    component: lazyPage(() => import('./incidents-page.tsx'), 'IncidentsPage'),
  }),
  createRoute({
    ...under,
    path: paths.incident('$incident'),
    component: lazyPage(() => import('./incident-page.tsx'), 'IncidentPage'),
  }),
  createRoute({
    ...under,
    path: paths.incidentFigures,
    component: lazyPage(() => import('./figures-page.tsx'), 'FiguresPage'),
  }),
  createRoute({
    ...under,
    path: paths.incidentRules,
    component: lazyPage(() => import('./rules-page.tsx'), 'RulesPage'),
  }),
];
