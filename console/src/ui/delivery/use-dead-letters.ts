import {
  usePages,
  type Operations,
  type OperationId,
  type Pages,
  type RowOf,
} from '../../api/index.ts';
import { useFilters, type Filters } from '../filters.tsx';
import { count } from '../format.ts';

const PAGE = 250;
const usual = { endpoint: '', reason: '', since: '', until: '' } as const;

/** What may be another once a dead letter is sent again or cancelled. */
export const deadLetterAnswers: readonly OperationId[] = [
  'v1.dead-letter.list',
  'v1.act.list',
  'v1.delivery.list-by-msg',
];

export type DeadLetters = {
  readonly filters: Filters<keyof typeof usual>;
  readonly pages: Pages<RowOf<'v1.dead-letter.list'>>;
  /** Those that the filters show, as what is done to all of them takes it. */
  readonly body: Pick<
    Operations['v1.redrive.create']['body'],
    'endpointId' | 'deadReason' | 'since' | 'until'
  >;
  /** How many they are, as far as is known: "12", "250 and more". */
  readonly many: string;
};

/** Deliveries of an application that nothing is tried of any more, by filters that stand in the address. */
export function useDeadLetters(app: string): DeadLetters {
  const filters = useFilters(usual);
  const { endpoint, reason, since, until } = filters.view;
  const span = { ...(since === '' ? {} : { since }), ...(until === '' ? {} : { until }) };
  const pages = usePages('v1.dead-letter.list', {
    path: { app_id: app },
    query: {
      limit: PAGE,
      ...(endpoint === '' ? {} : { endpoint_id: endpoint }),
      ...(reason === '' ? {} : { reason }),
      ...span,
    },
  });
  return {
    filters,
    pages,
    body: {
      ...(endpoint === '' ? {} : { endpointId: endpoint }),
      ...(reason === '' ? {} : { deadReason: reason }),
      ...span,
    },
    many: `${count(pages.rows.length)}${pages.hasMore ? ' and more' : ''}`,
  };
}
