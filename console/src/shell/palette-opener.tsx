import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The command palette, and what opens it by a click. Nothing of it is loaded before that, or Ctrl K, or /. */
export function usePalette(): { readonly palette: ReactNode; readonly open: () => void } {
  const [isWanted, setWanted] = useState(false);
  const open = useCallback((): void => {
    if (isWanted) void import('@mantine/spotlight').then(({ spotlight }) => spotlight.open());
    else setWanted(true);
  }, [isWanted]);
  useHotkeys(
    isWanted
      ? []
      : [
          ['mod + K', open],
          ['/', open],
        ],
  );
  return {
    palette: isWanted ? (
      <Suspense>
        <Palette />
      </Suspense>
    ) : null,
    open,
  };
}
