import type { AnyRoute } from '@tanstack/react-router';

/** One line a page: its address and the file that is loaded for it. */
export const changeRoutes: readonly AnyRoute[] = [];
