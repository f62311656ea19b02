import { useParams } from '@tanstack/react-router';

/** What the address of the page names: the ids (or uids) of an application, an endpoint, a message … */
export function useNamed<Name extends string>(...names: readonly Name[]): Record<Name, string> {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const named: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = params[name];
    named[name] = typeof value === 'string' ? value : '';
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was given a value above
  return named as Record<Name, string>;
}
