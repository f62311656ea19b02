import { lazyRouteComponent } from '@tanstack/react-router';

/** The file of a page could not be loaded, since nobody answered. */
export class NotLoadedError extends TypeError {}

/**
 * A page that is loaded when it is first gone to. Where its file is gone, as after an upgrade, the console is loaded
 * anew and has the new one. While nobody answers, that would end at the browser's own page: then it throws
 * `NotLoadedError`, and the frame stays.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(async () => {
    try {
      return await load();
    } catch (error) {
      await fetch('/session/means', { cache: 'no-store' }).catch(() => {
        throw new NotLoadedError('The page could not be loaded.', { cause: error });
      });
      throw error;
    }
  }, name);
