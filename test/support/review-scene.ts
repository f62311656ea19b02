import {
  createReviews,
  createReviewWatch,
  type Reviews,
  type ActionItemDraft,
  type DrillRunner,
} from '../../src/review/index.ts';
import { openIncidentScene } from './incident-scene.ts';
import type { Cleanup } from './service-scope.ts';
import { DEADLINE_MS } from './watch-scene.ts';

export type ReviewScene = Awaited<ReturnType<typeof openReviewScene>>;

/** Reviews over real incidents, on a clock that only the test moves. */
export async function openReviewScene(
  context: Cleanup,
  { endpoints = 4, runDrill = null }: { endpoints?: number; runDrill?: DrillRunner | null } = {},
) {
  let reviews: Reviews | null = null;
  const scene = await openIncidentScene(context, {
    endpoints,
    missingToClose: async (incident) => (await reviews?.missingToClose(incident)) ?? [],
  });
  const { ledger, configuration, clock, ids, idText, log } = scene;
  const told: { owner: string; title: string; text: string }[] = [];
  const begin = () => {
    const incidents = scene.incidents();
    const made = createReviews({
      ledger,
      configuration,
      incidents,
      clock,
      ids,
      idText,
      log,
      deliveryDeadlineMs: DEADLINE_MS,
      runDrill,
    });
    reviews = made;
    const alerts = {
      tellIncident: async (
        notice: Parameters<ReturnType<typeof scene.alerts>['tellIncident']>[0],
      ) => {
        told.push({ owner: notice.owner, title: notice.title, text: notice.text });
        return scene.alerts().tellIncident(notice);
      },
    };
    return {
      reviews: made,
      watch: createReviewWatch({ ledger, incidents, reviews: made, alerts, clock, idText, log }),
    };
  };
  let life = begin();
  return {
    ...scene,
    /** Reminders, as they were handed over. */
    reminded: told,
    reviews: () => life.reviews,
    lookAtReviews: () => life.watch.tick(),
    async restart(): Promise<void> {
      await life.watch.stop();
      await scene.restart();
      life = begin();
    },
  };
}

export const anItem: ActionItemDraft = {
  type: 'prevent',
  text: 'Refuse what cannot be read',
  owner: 'billing',
  dueAt: null,
  end: 'The contract refuses it.',
  verification: null,
};
