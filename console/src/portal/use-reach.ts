import type { Reach } from '../ui/delivery/reach.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

/** The deliveries of the session's application, all of which are its owner's to act on. */
export function useReach(): Reach {
  return { app: useApp(), mayWrite: true, to: places };
}
