import { createRoute } from '@tanstack/react-router';
import { root } from '../shell/root.tsx';
import { lazyPage, paths } from '../ui/index.ts';

const under = { getParentRoute: () => root } as const;

/** One line a page: its address and the file that is loaded for it. */
export const learnRoutes = [
  createRoute({
    ...under,
    path: paths.postmortem('$incident'),
    component: lazyPage(() => import('./postmortem-page.tsx'), 'PostmortemPage'),
  }),
  createRoute({
    ...under,
    path: paths.story('$incident'),
    component: lazyPage(() => import('./story-page.tsx'), 'StoryPage'),
  }),
  createRoute({
    ...under,
    path: paths.stories,
    component: lazyPage(() => import('./stories-page.tsx'), 'StoriesPage'),
  }),
  createRoute({
    ...under,
    path: paths.actionItems,
    component: lazyPage(() => import('./action-items-page.tsx'), 'ActionItemsPage'),
  }),
  createRoute({
    ...under,
    path: paths.actionItem('$item'),
    component: lazyPage(() => import('./action-item-page.tsx'), 'ActionItemPage'),
  }),
  createRoute({
    ...under,
    path: paths.practice,
    component: lazyPage(() => import('./practice-page.tsx'), 'PracticePage'),
  }),
  createRoute({
    ...under,
    path: paths.quiz,
    component: lazyPage(() => import('./quiz-page.tsx'), 'QuizPage'),
  }),
  createRoute({
    ...under,
    path: paths.progress,
    component: lazyPage(() => import('./progress-page.tsx'), 'ProgressPage'),
  }),
];
