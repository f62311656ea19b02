import { useMay } from '../shell/index.ts';
import type { Reach } from '../ui/delivery/reach.ts';
import { paths } from '../ui/index.ts';

/** An application's deliveries, as whoever is signed in to the console reaches them. */
export function useReach(app: string): Reach {
  return {
    app,
    mayWrite: useMay().write,
    to: {
      endpoint: (id) => paths.endpoint(app, id),
      message: (id) => paths.message(app, id),
      attempt: (message, id) => paths.attempt(app, message, id),
      act: (id) => paths.act(app, id),
    },
  };
}
