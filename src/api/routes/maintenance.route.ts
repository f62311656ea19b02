import { fault } from '../../core/index.ts';
import type { Maintenance } from '../../change/index.ts';
import { MOST_ALERTING } from '../../slo/index.ts';
import { MaintenanceIn, MaintenanceOut } from '../alert-shapes.ts';
import { maintenanceView } from '../alert-view.ts';
import { momentOf } from '../moment.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import { route } from '../route.ts';
import { listOf, PageQuery } from '../page-shapes.ts';

/** A window that nobody ends would hide all for ever. */
const LONGEST_MS = 30 * 86_400_000;

export const createMaintenance = route({
  method: 'POST',
  path: '/api/v1/maintenance',
  operationId: 'v1.maintenance.create',
  summary:
    'Open a maintenance window: alerts are recorded, and what still fires at its end is told then.',
  access: 'organization',
  body: MaintenanceIn,
  answers: { 201: MaintenanceOut },
  async handle({ body, by }, { configuration, clock, idText }) {
    const { from, until, reason = '', owners = [], kinds = [], keyPrefix = '' } = body;
    const now = clock.now();
    const fromAt = from === undefined ? now : momentOf(from, 'from');
    const untilAt = momentOf(until, 'until');
    if (untilAt <= Math.max(now, fromAt) || untilAt - fromAt > LONGEST_MS) {
      const detail = 'A window ends in the future, after it began, and at most 30 days after that.';
      throw fault('validation', { field: 'until', detail });
    }
    const page = { limit: MOST_ALERTING, descending: false };
    const known = await configuration.maintenances.list(page);
    const past = known.filter((window) => window.untilAt <= now);
    if (known.length - past.length >= MOST_ALERTING) {
      const detail = `There are ${MOST_ALERTING} windows already, which is the most.`;
      throw fault('validation', { field: 'body', detail });
    }
    // Those that are over are of no use any more; the list of changes keeps them.
    await Promise.all(past.map(({ id }) => configuration.maintenances.remove(id, by())));
    const draft = { fromAt, untilAt, reason, owners, kinds, keyPrefix };
    const created = await configuration.maintenances.create(draft, by());
    return { status: 201, value: maintenanceView(created, idText) };
  },
});

export const listMaintenances = route({
  method: 'GET',
  path: '/api/v1/maintenance',
  operationId: 'v1.maintenance.list',
  summary: 'List maintenance windows, the newest first.',
  access: 'organization',
  query: PageQuery,
  answers: { 200: listOf(MaintenanceOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageById(query, true, 'maintenance', idText);
    const rows = await configuration.maintenances.list(ledgerPage(page));
    const idOf = ({ id }: Maintenance): string => idText.format('maintenance', id);
    const write = (row: Maintenance): string => JSON.stringify(maintenanceView(row, idText));
    return { status: 200, json: pageJson(rows, page, idOf, write) };
  },
});

export const endMaintenance = route({
  method: 'DELETE',
  path: '/api/v1/maintenance/{maintenance_id}',
  operationId: 'v1.maintenance.delete',
  summary: 'End a maintenance window now; what still fires is told.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, { configuration, idText }) {
    const id = idText.parse('maintenance', path('maintenance_id'));
    const isGone = id !== undefined && (await configuration.maintenances.remove(id, by()));
    if (!isGone) throw fault('not_found', { field: 'maintenance_id' });
    return { status: 204 };
  },
});
