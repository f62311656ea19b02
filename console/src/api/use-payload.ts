import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { operationPaths, sendWithSession } from './client.ts';

const MARK = ',"payload":';

/**
 * The payload of a message as it was sent, letter by letter: parsed and written again, a number of more than 16 digits
 * would be another. It is the last member of the answer, and nothing before it can hold such a text, since ids and
 * labels are of plain letters.
 */
export function usePayload(app: string, message: string): UseQueryResult<string> {
  return useQuery({
    queryKey: ['v1.message.get', 'payload', app, message],
    queryFn: async ({ signal }) => {
      const path = operationPaths['v1.message.get'][1]
        .replace('{app_id}', encodeURIComponent(app))
        .replace('{msg_id}', encodeURIComponent(message));
      const response = await sendWithSession(path, { signal });
      if (!response.ok) throw new Error('The payload could not be read.');
      const text = await response.text();
      const at = text.indexOf(MARK);
      return at < 0 ? '' : text.slice(at + MARK.length, text.lastIndexOf('}'));
    },
    staleTime: Infinity,
  });
}
