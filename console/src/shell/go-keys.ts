import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { areas } from './navigation.ts';

/** Between g and the letter. */
const WAIT_MS = 1500;

/** `g` and a letter go to a place, as long as nobody is typing. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let pressedAt = -Infinity;
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      ) {
        return;
      }
      if (event.timeStamp - pressedAt < WAIT_MS) {
        pressedAt = -Infinity;
        const place = areas.flatMap(({ places }) => places).find((one) => one.key === key);
        if (place === undefined) return;
        event.preventDefault();
        void navigate({ to: place.to });
      } else if (key === 'g') pressedAt = event.timeStamp;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
