import { FAILING_PATH, type HostileReceiver } from './hostile-receiver.ts';
import { pauseExample, unusedType } from './hostile-pause.ts';
import { STAGED, STAGED_OBJECTIVE, type HostileService } from './hostile-service.ts';
import { until } from './service-until.ts';

/** An application with rows of every kind, by the names under which a request may ask for them. */
export type Scene = {
  readonly applicationId: string;
  readonly applicationUid: string;
  readonly endpointId: string;
  readonly endpointUid: string;
  /** Its only delivery is dead. */
  readonly messageId: string;
  readonly eventId: string;
  readonly attemptId: string;
  readonly actId: string;
  readonly correctionId: string;
  readonly eventType: string;
  readonly tokenId: string;
  /** The newest change of it. */
  readonly changeId: string;
  readonly policy: string;
  readonly objective: string;
  /** Fires, and nobody has acknowledged or silenced it. */
  readonly alertId: string;
  /** Open. */
  readonly incidentId: string;
  /** Open, and there to be merged into. */
  readonly otherIncidentId: string;
  /** Of the incident; open. */
  readonly hypothesisId: string;
  /** Of the incident; in force, and holds nothing. */
  readonly mitigationId: string;
  /** An action item of the incident, open; its verification is a link. */
  readonly itemId: string;
  readonly maintenanceId: string;
  /** Holds nothing. */
  readonly pauseId: string;
  readonly notifier: string;
  /** Of alerts that nothing raises. */
  readonly route: string;
  /** Of incidents that nothing opens. */
  readonly rule: string;
  readonly portalToken: string;
  /** The endpoint's secret, and the values of its headers: one that may be shown again, one that may not. */
  readonly secret: string;
  readonly plainHeader: string;
  readonly sensitiveHeader: string;
  readonly notifierSecret: string;
  /** Stands in everything that is this application's own and no id. */
  readonly mark: string;
};

// oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers, they do not parse them
type Json = any;
type Api = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<Readonly<Record<string, Json>>>;

/** Calls that must succeed. */
export function createApi({ url, token }: Pick<HostileService, 'url' | 'token'>): Api {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
}

/**
 * What a route needs beside a scene's rows: an incident in the state that it asks for, a canary that goes on, a notifier that no route before it has deleted, an
 * event type that no conversion holds to its versions.
 */
export async function prepare(
  service: HostileService,
  { operationId }: { readonly operationId: string },
  { applicationId, endpointId, eventType, notifier, notifierSecret, incidentId, itemId }: Scene,
): Promise<void> {
  if (operationId === 'v1.event-type.update') {
    await createApi(service)('DELETE', `/event-type/${eventType}/conversion/1`);
  }
  if (operationId === 'v1.lane.switch-alternate') {
    const alternateUrl = 'http://127.0.0.1:9/alternate';
    await createApi(service)('PATCH', `/app/${applicationId}/endpoint/${endpointId}`, {
      alternateUrl,
    });
  }
  if (operationId === 'v1.notifier.test') {
    const settings = { url: 'http://127.0.0.1:9/' };
    const draft = { kind: 'webhook', settings, secret: notifierSecret };
    await createApi(service)('PUT', `/notifier/${notifier}`, draft);
  }
  if (operationId.startsWith('v1.incident.')) {
    await prepareIncident(createApi(service), operationId, incidentId);
  }
  if (operationId.startsWith('v1.postmortem.')) {
    await preparePostmortem(createApi(service), operationId, incidentId);
  }
  if (operationId.startsWith('v1.action.')) {
    await prepareAction(createApi(service), operationId, itemId);
  }
  if (!operationId.startsWith('v1.canary.') || operationId === 'v1.canary.start') return;
  const api = createApi(service);
  const path = `/app/${applicationId}/endpoint/${endpointId}/canary`;
  // One that runs already does as well.
  await api('POST', path, { passTrace: true }).catch(() => {});
  if (operationId === 'v1.canary.resume') await api('POST', `${path}/pause`, {}).catch(() => {});
}

/** An open one; nobody waits for word of it. */
export async function openIncident(api: Api): Promise<string> {
  const { id } = await api('POST', '/incident', { title: 'for the test', isRetrospective: true });
  return id;
}

/** An open one of an incident. */
export async function hypothesisOf(api: Api, incidentId: string): Promise<string> {
  const path = `/incident/${incidentId}`;
  const draft = { cause: 'a change', metric: STAGED_OBJECTIVE, refutedBy: 'its absence' };
  const { hypotheses } = await api('POST', `${path}/hypothesis`, draft);
  return Array.from<{ id: string }>(hypotheses).at(-1)?.id ?? '';
}

/** One in force of an incident. */
export async function mitigationOf(
  api: Api,
  incidentId: string,
  applicationId: string,
): Promise<string> {
  const path = `/incident/${incidentId}/mitigation`;
  return (await api('POST', path, pauseExample({ applicationId })))['mitigation'].id;
}

/** One that fires and is nobody's yet. What the watch has raised since is newer, and may be many pages. */
async function stagedAlert(api: Api): Promise<string> {
  for (let iterator = ''; ;) {
    const page = await api('GET', `/alert?open=true&limit=250${iterator}`);
    const alert = Array.from<Json>(page['data']).find(
      ({ key, state, silencedUntil }) =>
        String(key).startsWith(STAGED) && state === 'firing' && silencedUntil === null,
    );
    if (alert !== undefined) return alert.id;
    if (page['done'] === true) throw new Error('every alert of the service has been used');
    iterator = `&iterator=${page['iterator']}`;
  }
}

/** One of an application that holds nothing. */
async function pauseOf(api: Api, appId: string): Promise<string> {
  return (await api('POST', '/pause', { appId, eventType: unusedType(), reason: 'a test' }))['id'];
}

/** An open one of an incident, verified by what somebody sees. */
async function actionItemOf(api: Api, incidentId: string): Promise<string> {
  const verification = { kind: 'link', url: 'https://graphs.example/d/1' };
  const draft = { type: 'prevent', text: 'a guardrail', owner: 'platform', verification };
  const { id } = await api('POST', `/incident/${incidentId}/action`, draft);
  return id;
}

/** Brings a postmortem to where a route takes it on; nothing of it is left to be resolved. */
async function preparePostmortem(api: Api, operationId: string, incidentId: string): Promise<void> {
  const path = `/incident/${incidentId}/postmortem`;
  const { state, comments } = await api('POST', path, {});
  if (comments.length === 0) await api('POST', `${path}/comment`, { text: 'Since when?' });
  if (operationId === 'v1.postmortem.resolve-comment') return;
  for (const { comment } of comments) await api('POST', `${path}/comment/${comment}/resolve`, {});
  if (operationId === 'v1.postmortem.publish') {
    // Of a closed one it stays.
    const severity = { severity: 3, reason: 'for the test' };
    await api('POST', `/incident/${incidentId}/severity`, severity).catch(() => {});
  }
  const isReview = operationId.endsWith('.publish') || operationId.endsWith('.return');
  if (isReview && state === 'draft') {
    await api('POST', `${path}/comment/1/resolve`, {});
    await api('PUT', path, { markdown: '# It was' });
    await api('POST', `${path}/submit`, {});
  }
  if (!isReview && state !== 'draft') await api('POST', `${path}/return`, { reason: 'again' });
  if (operationId.endsWith('.publish') && state === 'published') {
    await api('POST', `${path}/return`, { reason: 'again' });
    await api('PUT', path, { markdown: '# It was' });
    await api('POST', `${path}/submit`, {});
  }
}

/** Brings an action item to where a route takes it on. */
async function prepareAction(api: Api, operationId: string, itemId: string): Promise<void> {
  const path = `/action/${itemId}`;
  const { state } = await api('GET', path);
  if (operationId === 'v1.action.reopen') {
    if (state === 'open') await api('POST', `${path}/not-doing`, { reason: 'no' });
    return;
  }
  if (state !== 'open') await api('POST', `${path}/reopen`, {});
  if (operationId === 'v1.action.done') {
    const verification = { kind: 'link', url: 'https://graphs.example/d/1' };
    await api('PATCH', path, { verification });
    await api('POST', `${path}/result`, { isHeld: true, text: 'It holds.' });
  }
  if (operationId === 'v1.action.verify') {
    const proposed = { detector: 'outage', share: 0.5, endpoints: 1 };
    await api('PATCH', path, { verification: { kind: 'detector', proposed } });
  }
  if (operationId === 'v1.action.tell-result') {
    const verification = { kind: 'link', url: 'https://graphs.example/d/1' };
    await api('PATCH', path, { verification });
  }
}

/** Brings an incident to where a route takes it on. */
async function prepareIncident(api: Api, operationId: string, incidentId: string): Promise<void> {
  const states = ['open', 'mitigated', 'fixed', 'in_review', 'closed'];
  const wanted: Readonly<Record<string, string>> = {
    'v1.incident.review': 'fixed',
    'v1.incident.close': 'in_review',
    'v1.incident.reopen': 'mitigated',
  };
  const path = `/incident/${incidentId}`;
  const { state, mitigations } = await api('GET', path);
  // Neither leaves a mitigation behind.
  if (operationId === 'v1.incident.close' || operationId === 'v1.incident.decline') {
    for (const { id, undoneAt } of mitigations) {
      if (undoneAt === null) await api('POST', `${path}/mitigation/${id}/undo`, {});
    }
  }
  const steps = [
    () => api('POST', `${path}/marker`, { marker: 'mitigated', note: 'over' }),
    () => api('POST', `${path}/marker`, { marker: 'fixed', note: 'removed' }),
    () => api('POST', `${path}/review`, {}),
  ];
  // Of the worst ones closing asks for a postmortem.
  if (operationId === 'v1.incident.close') {
    await api('POST', `${path}/severity`, { severity: 3, reason: 'for the test' });
  }
  const to = states.indexOf(wanted[operationId] ?? 'open');
  for (const step of steps.slice(states.indexOf(state), Math.max(0, to))) await step();
}

let scenes = 0;

/** @param name letters; what is made carries it, so that a leak tells whose it is. */
export async function createScene(
  service: HostileService,
  receiver: HostileReceiver,
  name: string,
): Promise<Scene> {
  scenes += 1;
  const mark = `${name}mark${scenes}`;
  const api = createApi(service);
  const secret = `whsec_${Buffer.from(`${mark} secret`.padEnd(32, '.')).toString('base64')}`;
  const plainHeader = `${mark}-plain-header`;
  const sensitiveHeader = `Basic ${mark}-sensitive-header`;
  const uid = `${name}-${scenes}`;
  const [eventType, endpointUid, eventId] = [`${uid}.type`, `${uid}-endpoint`, `${uid}-event`];

  const { id: applicationId } = await api('POST', '/app', {
    name: `${mark} name`,
    uid,
    metadata: { note: `${mark} metadata` },
  });
  await api('POST', '/event-type', {
    name: eventType,
    description: 'for the test',
    schemas: { 1: { type: 'object' }, 2: { type: 'object', title: 'Two.' } },
  });
  await api('PUT', `/event-type/${eventType}/consumer/billing`, { relies: [{ path: '/text' }] });
  await api('PUT', `/event-type/${eventType}/conversion/1`, {
    corrections: [{ operations: [{ op: 'add', path: '/old', value: 1 }] }],
  });
  const { id: endpointId } = await api('POST', `/app/${uid}/endpoint`, {
    url: `${receiver.origin}${FAILING_PATH}?of=${mark}`,
    uid: endpointUid,
    description: `${mark} description`,
    secret,
  });
  await api('PUT', `/app/${uid}/endpoint/${endpointUid}/headers`, {
    headers: { 'X-Plain': plainHeader, Authorization: sensitiveHeader },
  });
  const { id: messageId } = await api('POST', `/app/${uid}/msg`, {
    eventType,
    eventId,
    payload: { text: `${mark} payload` },
    channels: [`${mark}-channel`],
    tags: [`${mark}-tag`],
  });
  const attempts = `/app/${uid}/attempt/msg/${messageId}`;
  const attempted = await until(async () => {
    const { data } = await api('GET', attempts);
    return data.length > 0 && data;
  }, 'the first attempt');
  const { id: actId } = await api('POST', `/app/${uid}/dead-letter/cancel`, {
    reason: `${mark} reason`,
    until: '2025-01-02T00:00:00Z',
  });
  const { id: correctionId } = await api('POST', `/app/${uid}/correction`, {
    correction: { operations: [{ path: 'text', multiply: '2' }] },
    reason: `${mark} reason`,
    until: '2025-01-02T00:00:00Z',
  });
  const { id: tokenId } = await api('POST', '/token', { name: `${mark} token`, scope: 'read' });
  const policy = `${uid}-policy`;
  await api('POST', '/policy', { name: policy, description: 'for the test' });
  const objective = `${uid}-objective`.toLowerCase();
  const promise = { indicator: 'first_attempt', target: 0.99, owner: 'platform' };
  await api('PUT', `/objective/${objective}`, promise);
  const kept = { indicator: 'accounted', target: 0.99, owner: STAGED };
  await api('PUT', `/objective/${STAGED_OBJECTIVE}`, kept);
  const alertId = await stagedAlert(api);
  const [incidentId, otherIncidentId] = await Promise.all([openIncident(api), openIncident(api)]);
  const { id: maintenanceId } = await api('POST', '/maintenance', {
    until: new Date(Date.now() + 86_400_000).toISOString(),
    owners: [mark],
  });
  // Alerts that nobody is told are an error of the service's.
  const toAnybody = { url: `${receiver.origin}/told` };
  await api('PUT', '/notifier/anybody', { kind: 'alertmanager', settings: toAnybody });
  // No rule that a request makes is asked before it.
  const none = { position: 0, match: { owners: [STAGED] }, opens: false };
  await api('PUT', '/incident-rule/0', none);
  await api('PUT', '/route/all', { position: 0, notifiers: ['anybody'], continue: true });
  const notifier = `${uid}-notifier`;
  const notifierSecret = `whsec_${Buffer.from(`${mark} notifier`.padEnd(32, '.')).toString('base64')}`;
  await api('POST', '/notifier', {
    name: notifier,
    kind: 'webhook',
    settings: toAnybody,
    secret: notifierSecret,
  });
  const route = `${uid}-route`;
  await api('POST', '/route', { name: route, match: { owners: [mark] }, notifiers: [notifier] });
  await api('POST', '/incident-rule', { name: route, match: { owners: [mark] } });
  const { data: changes } = await api('GET', `/app/${uid}/change?limit=1`);
  const { token: portalToken } = await api('POST', `/auth/app-portal-access/${uid}`, {});
  return {
    applicationId,
    applicationUid: uid,
    endpointId,
    endpointUid,
    messageId,
    eventId,
    attemptId: attempted[0].id,
    actId,
    correctionId,
    eventType,
    tokenId,
    changeId: changes[0].id,
    policy,
    objective,
    alertId,
    incidentId,
    otherIncidentId,
    hypothesisId: await hypothesisOf(api, incidentId),
    mitigationId: await mitigationOf(api, incidentId, applicationId),
    itemId: await actionItemOf(api, incidentId),
    maintenanceId,
    pauseId: await pauseOf(api, applicationId),
    notifier,
    route,
    rule: route,
    portalToken,
    secret,
    plainHeader,
    sensitiveHeader,
    notifierSecret,
    mark,
  };
}
