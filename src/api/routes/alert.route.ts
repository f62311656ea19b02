import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { AlertFilter } from '../../ledger/index.ts';
import { alertOf, alertSeverities, alertStates, type Alert } from '../../slo/index.ts';
import {
  AlertDetailOut,
  AlertMoveIn,
  AlertOut,
  AlertSilenceIn,
  AlertsQuery,
} from '../alert-shapes.ts';
import { alertDetailView, alertView } from '../alert-view.ts';
import type { Principal } from '../auth.ts';
import { momentOf } from '../moment.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { filterAmong, filterTexts } from '../query-texts.ts';
import { findApplication } from '../resolve.ts';
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

/** What the query asks for, as the ledger takes it. Throws `validation`, and `not_found` for an application. */
async function filterOf(
  query: Static<typeof AlertsQuery>,
  principal: Principal,
  parts: ApiParts,
): Promise<AlertFilter> {
  const { open, owner, objective, silenced, app_id: app } = query;
  return {
    isOpen: open,
    states: filterAmong(query.state, alertStates, 'state'),
    severities: filterAmong(query.severity, alertSeverities, 'severity'),
    kinds: filterTexts(query.kind),
    owner,
    objective,
    appId: app === undefined ? undefined : (await findApplication(parts, principal, app)).id,
    silenced: silenced === undefined ? undefined : { is: silenced, at: parts.clock.now() },
  };
}

export const listAlerts = route({
  method: 'GET',
  path: '/api/v1/alert',
  operationId: 'v1.alert.list',
  summary: 'List alerts, the newest first.',
  access: 'organization',
  query: AlertsQuery,
  answers: { 200: listOf(AlertOut) },
  async handle({ query, principal }, parts) {
    const { ledger, idText } = parts;
    const page = pageById(query, true, 'alert', idText);
    const filter = await filterOf(query, principal, parts);
    const stored = await ledger.alerts({ ...filter, ...ledgerPage(page) });
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
      ledger.incidentOfAlert(alertId),
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
