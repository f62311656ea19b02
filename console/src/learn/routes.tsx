import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const learnRoutes = [
  createRoute({
    ...under,
    path: paths.postmortem('$incident'),
    component: lazyRouteComponent(() => import('./postmortem-page.tsx'), 'PostmortemPage'),
  }),
  createRoute({
    ...under,
    path: paths.story('$incident'),
    component: lazyRouteComponent(() => import('./story-page.tsx'), 'StoryPage'),
  }),
  createRoute({
    ...under,
    path: paths.stories,
    component: lazyRouteComponent(() => import('./stories-page.tsx'), 'StoriesPage'),
  }),
  createRoute({
    ...under,
    path: paths.actionItems,
    component: lazyRouteComponent(() => import('./action-items-page.tsx'), 'ActionItemsPage'),
  }),
  createRoute({
    ...under,
    path: paths.actionItem('$item'),
    component: lazyRouteComponent(() => import('./action-item-page.tsx'), 'ActionItemPage'),
  }),
  createRoute({
    ...under,
    path: paths.practice,
    component: lazyRouteComponent(() => import('./practice-page.tsx'), 'PracticePage'),
  }),
  createRoute({
    ...under,
    path: paths.quiz,
    component: lazyRouteComponent(() => import('./quiz-page.tsx'), 'QuizPage'),
  }),
  createRoute({
    ...under,
    path: paths.progress,
    component: lazyRouteComponent(() => import('./progress-page.tsx'), 'ProgressPage'),
  }),
];
