import { fault } from '../../core/index.ts';
import { incidentOf, type Incident } from '../../incident/index.ts';
import { alertOf, type Alert } from '../../slo/index.ts';
import {
  AlertDetailOut,
  AlertMoveIn,
  AlertOut,
  AlertSilenceIn,
  AlertsQuery,
} from '../alert-shapes.ts';
import { alertDetailView, alertView } from '../alert-view.ts';
import { momentOf } from '../moment.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { listOf } from '../page-shapes.ts';

/** Lines of history, and notifications, that one answer shows. */
const MOST_SHOWN = 100;
const PATH = '/api/v1/alert/{alert_id}';

function idOf({ idText }: Pick<ApiParts, 'idText'>, text: string): number {
  const id = idText.parse('alert', text);
  if (id !== undefined) return id;
  throw fault('not_found', { field: 'alert_id', detail: `No alert has the id "${text}".` });
}

const MOST_INCIDENTS = 200;

/** Open ones are at hand; ended ones are looked for among the newest. */
async function incidentOfAlert(
  alertId: number,
  { incidents, ledger }: Pick<ApiParts, 'incidents' | 'ledger'>,
): Promise<number | null> {
  const holds = ({ episodes }: Incident): boolean =>
    episodes.some(({ alerts }) => alerts.some((attached) => attached.alertId === alertId));
  const open = incidents.current().find(holds);
  if (open !== undefined) return open.id;
  const ended = await ledger.incidents({ limit: MOST_INCIDENTS, descending: true, isOpen: false });
  return ended.map(incidentOf).find((each) => each !== null && holds(each))?.id ?? null;
}

export const listAlerts = route({
  method: 'GET',
  path: '/api/v1/alert',
  operationId: 'v1.alert.list',
  summary: 'List alerts, the newest first.',
  access: 'organization',
  query: AlertsQuery,
  answers: { 200: listOf(AlertOut) },
  async handle({ query }, { ledger, idText }) {
    const page = pageById(query, true, 'alert', idText);
    const stored = await ledger.alerts({ ...ledgerPage(page), isOpen: query.open });
    const write = (row: Alert): string => JSON.stringify(alertView(row, idText));
    const idText_ = ({ id }: Alert): string => idText.format('alert', id);
    return { status: 200, json: pageJson(stored.map(alertOf), page, idText_, write) };
  },
});

export const getAlert = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.alert.get',
  summary: 'Show an alert with its history, and who was told of it.',
  access: 'organization',
  answers: { 200: AlertDetailOut },
  async handle({ path }, parts) {
    const { ledger, alerts, idText } = parts;
    const alertId = idOf({ idText }, path('alert_id'));
    const alert = await alerts.byId(alertId);
    if (alert === null) throw fault('not_found', { field: 'alert_id' });
    const page = { limit: MOST_SHOWN, descending: true };
    const [history, notifications, incidentId] = await Promise.all([
      ledger.alertEvents({ alertId, ...page }),
      ledger.notificationsOf({ alertId, limit: MOST_SHOWN }),
      incidentOfAlert(alertId, parts),
    ]);
    const value = alertDetailView(alert, history, notifications, incidentId, idText);
    return { status: 200, value };
  },
});

export const acknowledgeAlert = route({
  method: 'POST',
  path: `${PATH}/acknowledge`,
  operationId: 'v1.alert.acknowledge',
  summary: 'Say that somebody looks after it: nobody else is told, unless it gets worse.',
  access: 'organization',
  body: AlertMoveIn,
  answers: { 200: AlertOut },
  async handle({ path, by }, { alerts, idText }) {
    const id = idOf({ idText }, path('alert_id'));
    const alert = await alerts.acknowledge(id, by().actor);
    return { status: 200, value: alertView(alert, idText) };
  },
});

export const resolveAlert = route({
  method: 'POST',
  path: `${PATH}/resolve`,
  operationId: 'v1.alert.resolve',
  summary: 'Call it over. Where its condition still holds it fires anew, as a new alert.',
  access: 'organization',
  body: AlertMoveIn,
  answers: { 200: AlertOut },
  async handle({ path, by }, { alerts, idText }) {
    const alert = await alerts.resolve(idOf({ idText }, path('alert_id')), by().actor);
    return { status: 200, value: alertView(alert, idText) };
  },
});

export const silenceAlert = route({
  method: 'POST',
  path: `${PATH}/silence`,
  operationId: 'v1.alert.silence',
  summary:
    'Tell nobody of it until a moment, unless it gets worse; a moment that is past ends a silence.',
  access: 'organization',
  body: AlertSilenceIn,
  answers: { 200: AlertOut },
  async handle({ path, body, by }, { alerts, idText }) {
    const id = idOf({ idText }, path('alert_id'));
    const alert = await alerts.silence(id, momentOf(body.until, 'until'), by().actor);
    return { status: 200, value: alertView(alert, idText) };
  },
});
