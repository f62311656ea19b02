import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * What a page shows (filters, tabs), kept in its address so that a link shows the same. All values are text; those
 * that are as usual do not stand in the address.
 */
export function useView<Name extends string>(
  usual: Readonly<Record<Name, string>>,
): readonly [Readonly<Record<Name, string>>, (change: Partial<Record<Name, string>>) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const view: Record<Name, string> = { ...usual };
  for (const name in usual) {
    const given = search[name];
    if (typeof given === 'string') view[name] = given;
  }
  const set = useCallback(
    (change: Partial<Record<Name, string>>): void => {
      const next: Record<string, unknown> = { ...search, ...change };
      for (const name in usual) if (next[name] === usual[name]) delete next[name];
      void navigate({ to: '.', search: () => next, replace: true });
    },
    [navigate, search, usual],
  );
  return [view, set];
}

/** What stands in the address where it is one of the choices; otherwise the usual one, as where an address was cut or typed. */
export function oneOf<Choice extends string>(
  value: string,
  choices: readonly Choice[],
  usual: Choice,
): Choice {
  return choices.find((choice) => choice === value) ?? usual;
}
