import { useParams } from '@tanstack/react-router';

/** A name that stands in the address of the page. */
export function useNamed(name: string): string {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const value = params[name];
  return typeof value === 'string' ? value : '';
}
