import { useBlocker } from '@tanstack/react-router';

/**
 * Asks before a page is left, or the window closed, while something is typed on it that is stored nowhere. What shows
 * another part of the same page is no leaving. Whoever leaves because it was stored navigates with `ignoreBlocker`.
 */
export function useUnsaved(isUnsaved: boolean, what = 'What you typed is not saved.'): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isUnsaved &&
      current.pathname !== next.pathname &&
      !window.confirm(`${what} Leave the page all the same?`),
    enableBeforeUnload: () => isUnsaved,
  });
}
