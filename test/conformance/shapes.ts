import type { Shape } from './shape.ts';

/** The answers of Svix's server, field by field. What is null there and what is left out was seen to matter to SDKs. */
export const application: Shape = {
  fields: {
    id: 'app_',
    name: 'text',
    uid: 'name?',
    metadata: 'texts',
    throttleRate: 'count?',
    createdAt: 'moment',
    updatedAt: 'moment',
  },
  own: { signatureHeaders: 'text' },
};

export const endpoint: Shape = {
  fields: {
    id: 'ep_',
    uid: 'name|null',
    url: 'url',
    description: 'text',
    disabled: 'flag',
    eventTypes: 'names|null',
    channels: 'names|null',
    metadata: 'texts',
    throttleRate: 'count|null',
    createdAt: 'moment',
    updatedAt: 'moment',
  },
  own: { alternateUrl: 'url|null', isAlternateInUse: 'flag' },
};

export const headers: Shape = { fields: { headers: 'texts', sensitive: 'headerNames' } };

export const secret: Shape = { fields: { key: 'secret' } };

export const stats: Shape = {
  fields: {
    success: 'count',
    pending: 'count',
    sending: 'count',
    fail: 'count',
    canceled: 'count',
  },
};

export const task: Shape = {
  fields: { id: 'text', status: 'running', task: 'recover', updatedAt: 'moment' },
};

export const eventType: Shape = {
  fields: {
    name: 'name',
    description: 'text',
    archived: 'flag',
    deprecated: 'flag',
    featureFlag: 'name|null',
    schemas: 'objects|null',
    createdAt: 'moment',
    updatedAt: 'moment',
  },
  own: { value: 'object|null' },
};

export const message: Shape = {
  fields: {
    id: 'msg_',
    eventId: 'name|null',
    eventType: 'name',
    channels: 'names|null',
    payload: 'object',
    timestamp: 'moment',
  },
  own: { tags: 'names?' },
};

const statusFields = {
  status: 'status',
  statusText: 'statusText',
  nextAttempt: 'moment?|null',
} as const;

export const attemptedMessage: Shape = {
  ...message,
  fields: { ...message.fields, ...statusFields },
};

/** An endpoint that was deleted since has no filters left to show. */
export const destination: Shape = {
  fields: {
    id: 'ep_',
    uid: 'name?|null',
    url: 'url',
    description: 'text',
    disabled: 'flag',
    eventTypes: 'names?|null',
    channels: 'names?|null',
    throttleRate: 'count?|null',
    createdAt: 'moment',
    updatedAt: 'moment',
    ...statusFields,
  },
  own: { metadata: 'texts?', alternateUrl: 'url?|null', isAlternateInUse: 'flag?' },
};

export const attempt: Shape = {
  fields: {
    id: 'atmpt_',
    endpointId: 'ep_',
    msgId: 'msg_',
    url: 'url',
    response: 'text',
    responseStatusCode: 'count',
    responseDurationMs: 'count',
    status: 'status',
    statusText: 'statusText',
    triggerType: 'trigger',
    timestamp: 'moment',
  },
  own: {
    outcome: 'text',
    detail: 'text|null',
    timing: 'object',
    canaryId: 'text|null',
    address: 'text|null',
    certificate: 'text|null',
  },
};

/** Svix's has no fields; ours names the act, so that it can be followed. */
export const accepted: Shape = { fields: {}, own: { act: 'text?' } };

export const portalAccess: Shape = { fields: { url: 'url', token: 'text' } };

export function pageOf(item: Shape): Shape {
  return { ...item, isPage: true };
}
