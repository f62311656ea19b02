import { useParams } from '@tanstack/react-router';

/** One part of the page's address, such as the id that it is about. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const value = params[name];
  return typeof value === 'string' ? value : '';
}
