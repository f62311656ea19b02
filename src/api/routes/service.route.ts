import { Type } from 'typebox';
import { fault, settingNames, settingTable } from '../../core/index.ts';
import { route } from '../route.ts';
import { SettingsOut } from '../token-shapes.ts';

export const health = route({
  method: 'GET',
  path: '/api/v1/health',
  operationId: 'v1.health.get',
  summary: 'The process runs.',
  access: 'public',
  answers: { 204: null },
  async handle() {
    return { status: 204 };
  },
});

export const readiness = route({
  method: 'GET',
  path: '/api/v1/health/ready',
  operationId: 'v1.health.ready',
  summary: 'The service can accept: the ledger answers and no shutdown is under way.',
  access: 'public',
  answers: { 204: null },
  async handle(_input, { ledger, isStopping }) {
    if (isStopping()) throw fault('stopping', { retryAfterSeconds: 5 });
    await ledger.runningActs({});
    return { status: 204 };
  },
});

const AuditOut = Type.Object({
  unaccounted: Type.Integer(),
  found: Type.Integer(),
  healed: Type.Integer(),
  passes: Type.Integer(),
  lastStepAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
});

export const getAudit = route({
  method: 'GET',
  path: '/api/v1/audit',
  operationId: 'v1.audit.get',
  summary:
    'What the background audit found: deliveries that are not accounted for, and those it scheduled again.',
  access: 'organization',
  answers: { 200: AuditOut },
  async handle(_input, { auditor }) {
    const { lastStepAt, ...figures } = auditor.figures();
    return {
      status: 200,
      value: {
        ...figures,
        lastStepAt: lastStepAt === null ? null : new Date(lastStepAt).toISOString(),
      },
    };
  },
});

export const getSettings = route({
  method: 'GET',
  path: '/api/v1/settings',
  operationId: 'v1.settings.get',
  summary: 'The settings in force; of secrets only whether they are set.',
  access: 'admin',
  answers: { 200: SettingsOut },
  async handle(_input, { settings }) {
    const shown = settingNames.map((name) => {
      const isSecret = 'secret' in settingTable[name];
      return [name, isSecret ? (settings[name] === '' ? null : 'set') : settings[name]] as const;
    });
    return { status: 200, value: Object.fromEntries(shown) };
  },
});

export const ping = route({
  method: 'GET',
  path: '/api/v1/health/ping',
  operationId: 'v1.health.ping',
  summary: 'The process answers.',
  access: 'public',
  answers: { 204: null },
  async handle() {
    return { status: 204 };
  },
});
