import { usePages, type Pages, type RowOf } from '../../api/index.ts';

const PAGE = 250;

/** What leaves none out. */
export const usualMessages = {
  type: '',
  endpoint: '',
  status: 'any',
  tag: '',
  after: '',
  before: '',
} as const;

/** As the API numbers them. */
export const statuses: Readonly<Record<string, number>> = {
  delivered: 0,
  scheduled: 1,
  failed: 2,
  'in flight': 3,
};

export type MessageRow = RowOf<'v1.message.list'> & {
  readonly statusText?: RowOf<'v1.message-attempt.list-attempted-messages'>['statusText'];
};

/** With an endpoint, its messages with their status there; without, all. */
export function useMessages(
  app: string,
  view: Readonly<Record<keyof typeof usualMessages, string>>,
  everyMs: number | undefined,
): Pages<MessageRow> {
  const query = {
    limit: PAGE,
    with_content: false,
    ...(view.type === '' ? {} : { event_types: view.type }),
    ...(view.tag === '' ? {} : { tag: view.tag }),
    ...(view.after === '' ? {} : { after: view.after }),
    ...(view.before === '' ? {} : { before: view.before }),
  };
  const status = statuses[view.status];
  const isOfEndpoint = view.endpoint !== '';
  const every = everyMs === undefined ? {} : { everyMs };
  const all = usePages(
    'v1.message.list',
    { path: { app_id: app }, query },
    { isWanted: !isOfEndpoint, ...every },
  );
  const ofEndpoint = usePages(
    'v1.message-attempt.list-attempted-messages',
    {
      path: { app_id: app, endpoint_id: view.endpoint },
      query: { ...query, ...(status === undefined ? {} : { status }) },
    },
    { isWanted: isOfEndpoint, ...every },
  );
  return isOfEndpoint ? ofEndpoint : all;
}
