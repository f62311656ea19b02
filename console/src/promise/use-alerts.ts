import { useEffect } from 'react';
import { usePages, type Pages } from '../api/index.ts';
import { useNow } from '../ui/index.ts';
import type { AlertBrief } from './alert.ts';

const PAGE = 250;

/** What all tabs are filtered by; what is empty is not asked for. */
type Filters = {
  readonly severity: readonly string[];
  readonly kind: readonly string[];
  readonly owner: string;
};

/** Alerts of one tab, the newest first. */
export function useAlerts(
  of: { readonly state?: string[]; readonly open?: boolean; readonly silenced?: boolean },
  { severity, kind, owner }: Filters,
  isWanted = true,
): Pages<AlertBrief> {
  const query = {
    limit: PAGE,
    ...of,
    ...(severity.length === 0 ? {} : { severity: [...severity] }),
    ...(kind.length === 0 ? {} : { kind: [...kind] }),
    ...(owner === '' ? {} : { owner }),
  };
  return usePages('v1.alert.list', { query }, { isWanted });
}

/** A silence ends by itself, of which nobody tells: where one has, the lists are asked for again. */
export function useEndOfSilence(silenced: readonly AlertBrief[], again: () => void): void {
  const now = useNow();
  const ended = silenced.find(
    ({ silencedUntil }) => silencedUntil !== null && Date.parse(silencedUntil) <= now,
  )?.id;
  useEffect(() => {
    if (ended !== undefined) again();
  }, [ended]);
}
