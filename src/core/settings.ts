import { fault } from './errors.ts';
import { logLevels } from './log.ts';

/**
 * Every setting: default, bounds, meaning. Read once at the start from the environment (`HOLDFAST_` and the
 * name in capitals) or given by flags. docs/reference/settings.md is written from this table.
 */
type NumberSetting = { kind: 'number'; fallback: number; min: number; max: number; about: string };
type TextSetting = { kind: 'text'; fallback: string; about: string; secret?: true };
type ChoiceSetting = { kind: 'choice'; fallback: string; of: readonly string[]; about: string };
export type Setting = NumberSetting | TextSetting | ChoiceSetting;

const number = (fallback: number, min: number, max: number, about: string): NumberSetting => ({
  kind: 'number',
  fallback,
  min,
  max,
  about,
});
const text = (fallback: string, about: string): TextSetting => ({ kind: 'text', fallback, about });
const secret = (about: string): TextSetting => ({
  kind: 'text',
  fallback: '',
  about,
  secret: true,
});

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;

export const settingTable = {
  host: text('127.0.0.1', 'Address to listen on. 0.0.0.0 listens on every interface.'),
  port: number(8071, 0, 65_535, 'Port to listen on; 0 takes a free one.'),
  publicUrl: text(
    '',
    'Address that links given out begin with; empty is the address it listens on.',
  ),
  dataDir: text('./data', 'Folder of the embedded ledger, its key and its first token.'),
  logLevel: {
    kind: 'choice',
    fallback: 'info',
    of: logLevels,
    about: 'Least severe level that is logged.',
  },
  adminToken: secret(
    'Admin token to accept, of at least 24 characters. Without it, one is made at the first start.',
  ),
  encryptionKey: secret(
    '32 bytes in base64 that seal secrets at rest. Without it, dataDir/key is made at the first start.',
  ),
  previousEncryptionKey: secret(
    'The key before encryptionKey: it still opens what it sealed, until "holdfast key rotate" has sealed all anew.',
  ),
  payloadLimitBytes: number(MIB, 1024, 16 * MIB, 'Largest payload of a message.'),
  intakeQueueMessages: number(
    10_000,
    1,
    1_000_000,
    'Messages that may wait for their commit before 503 is answered.',
  ),
  intakeQueueBytes: number(
    64 * MIB,
    MIB,
    4096 * MIB,
    'Bytes of payload that may wait for their commit before 503 is answered.',
  ),
  requestsPerSecond: number(
    0,
    0,
    1_000_000,
    'API requests a second that one token may make, and make at once; 0 sets no limit.',
  ),
  portalRequestsPerSecond: number(50, 0, 1_000_000, 'The same for a token of one application.'),
  operationalApplication: text(
    'holdfast-operational',
    'Uid of the application that gets operational webhooks; while it does not exist there are none.',
  ),
  corsOrigins: text(
    '',
    'Origins (by commas, or *) whose pages may call the API from a browser; empty allows none.',
  ),
  portalEmbedOrigins: text(
    '',
    'Origins (https://host, by commas) whose pages may show /portal in a frame; empty allows none.',
  ),
  oidcIssuer: text(
    '',
    'Address of an OpenID provider by which people sign in to the console; empty: by token alone. publicUrl must be what browsers reach, and publicUrl/session/oidc/callback be registered there.',
  ),
  oidcClientId: text('', 'What the OpenID provider knows Holdfast by.'),
  oidcClientSecret: secret('Secret of that client; empty for a public client.'),
  oidcScopes: text(
    'openid profile email',
    'Scopes asked for, by spaces; some providers tell groups for one named groups.',
  ),
  oidcGroupsClaim: text('groups', "Claim that names a person's groups; dots lead into objects."),
  oidcAdminGroups: text('', 'Groups (by commas) whose members have scope admin.'),
  oidcWriteGroups: text('', 'Groups (by commas) whose members have scope write.'),
  oidcReadGroups: text(
    '',
    'Groups (by commas) whose members have scope read; * is whoever the provider lets in.',
  ),
  accessLog: {
    kind: 'choice',
    fallback: 'failures',
    of: ['none', 'failures', 'all'],
    about: 'Which API requests are logged: none, those answered 4xx and 5xx, or all.',
  },
  maxInFlight: number(1024, 1, 65_536, 'Attempts under way at once, over all endpoints.'),
  maxInFlightBytes: number(
    64 * MIB,
    MIB,
    4096 * MIB,
    'Bytes of payload held for attempts under way or about to start.',
  ),
  laneConcurrency: number(32, 1, 4096, 'Attempts under way at once to one endpoint, at most.'),
  adaptiveConcurrency: {
    kind: 'choice',
    fallback: 'on',
    of: ['on', 'off'],
    about: "Finds each endpoint's best concurrency by its answer times, up to laneConcurrency.",
  },
  breakerFailures: number(10, 0, 10_000, 'Failures in a row that open a circuit; 0: never.'),
  breakerFailurePercent: number(
    50,
    0,
    100,
    'Share of failures among the last attempts (20 to 50) that opens a circuit; 0: never.',
  ),
  breakerOpenMs: number(
    10_000,
    100,
    HOUR_MS,
    'How long a circuit stays open at first; it doubles while probes fail.',
  ),
  breakerLongestOpenMs: number(
    300_000,
    100,
    24 * HOUR_MS,
    'How long a circuit stays open at most.',
  ),
  retryBudgetPercent: number(10, 0, 1000, 'Retries for each hundred first attempts of a lane.'),
  retryBudgetPerSecond: number(
    1,
    0,
    10_000,
    'Retries a second of a lane beside that share. Retries that get through cost nothing.',
  ),
  longestHoldMs: number(
    300_000,
    0,
    24 * HOUR_MS,
    'A Retry-After, or our own wait after 429, holds a lane no longer than this.',
  ),
  disableAfterMs: number(
    120 * HOUR_MS,
    0,
    720 * HOUR_MS,
    'An endpoint that did nothing but fail for so long is disabled; 0: never.',
  ),
  attemptTimeoutMs: number(
    15_000,
    100,
    300_000,
    'Time for one whole attempt, from connecting to the last byte.',
  ),
  leaseMs: number(
    30_000,
    1_000,
    600_000,
    'Time after which a delivery whose process died is sent again; more than attemptTimeoutMs.',
  ),
  responseLimitBytes: number(
    65_536,
    0,
    MIB,
    'Bytes of a response that are read; the connection is closed after them.',
  ),
  responseSnippetBytes: number(
    1024,
    0,
    65_536,
    'Bytes of a response that are kept with the attempt.',
  ),
  allowedSubnets: text(
    '',
    'Subnets (CIDR, by commas) that deliveries may reach although they are not public.',
  ),
  retrySchedule: text(
    '0s,5s,5m,30m,2h,5h,10h,14h,20h,24h',
    'Delays before each attempt, the first included; a policy may say otherwise.',
  ),
  retryJitterPercent: number(20, 0, 50, 'Each delay is spread by up to this share, up and down.'),
  retryMaxAgeMs: number(
    120 * HOUR_MS,
    60_000,
    720 * HOUR_MS,
    'No attempt starts later than this after acceptance or replay.',
  ),
  redrivePerSecond: number(
    50,
    1,
    10_000,
    'Deliveries a second that a redrive schedules, unless the redrive says otherwise.',
  ),
  reconcileMs: number(
    2_000,
    100,
    60_000,
    'How often lanes are compared with the ledger, for ended leases and work from elsewhere.',
  ),
  versionHeaders: text(
    'server,x-powered-by,via,x-version,x-app-version,x-release',
    'Response headers (by commas) whose new values are observed changes of a receiver; empty watches none.',
  ),
  learnReceiversMs: number(
    HOUR_MS,
    0,
    720 * HOUR_MS,
    'How long addresses and versions of a receiver are learned before what is new is a change.',
  ),
  driftPercent: number(
    2,
    0,
    50,
    'Share of time spent on looking at payloads for drift; 0 looks at none.',
  ),
  metricsAccess: {
    kind: 'choice',
    fallback: 'token',
    of: ['token', 'public'],
    about: 'Who reads /metrics: those with a token that reads, or anyone who reaches the port.',
  },
  statusAccess: {
    kind: 'choice',
    fallback: 'link',
    of: ['link', 'public'],
    about:
      'Who reads the status feed of all applications at /status: whoever has a link to it, or anyone who reaches the port.',
  },
  metricsEndpoints: number(
    100,
    0,
    10_000,
    'Endpoints with series of their own in /metrics; the others are counted together.',
  ),
  deliveryDeadlineMs: number(
    60_000,
    1000,
    24 * HOUR_MS,
    'A delivery that is not delivered so long after acceptance is late. Messages accepted before a change keep theirs.',
  ),
  backlogLimit: number(
    1_000_000,
    1000,
    100_000_000,
    'Deliveries that may wait in all, due or not; an alert forecasts when they do. A lane may have a tenth of them.',
  ),
  incidentUpdateMinutes: number(
    30,
    1,
    1440,
    'While an incident of severity 1 or 2 is not mitigated, responders are told so often; of severity 3 a fourth as often.',
  ),
  drill: {
    kind: 'choice',
    fallback: 'off',
    of: ['off', 'on'],
    about: 'Staged: incidents that open are marked as drills, and stand in no figures.',
  },
  sliMinutesDays: number(14, 1, 400, 'Days for which SLI counts are kept by the minute.'),
  auditMs: number(5_000, 100, 3_600_000, 'How often the background audit takes a step.'),
  payloadRetentionDays: number(
    90,
    1,
    3650,
    'Days for which payload and attempts of a finished message are kept, unless the message or a policy says otherwise.',
  ),
  retentionMs: number(
    10_000,
    100,
    3_600_000,
    'How often retention looks for what is finished and old enough to be purged.',
  ),
  ledgerMaxBytes: number(
    0,
    0,
    Number.MAX_SAFE_INTEGER,
    'Largest size of the ledger file; 0 sets no bound but the disk.',
  ),
  llmUrl: text(
    '',
    'Address, up to and with /v1, of a language model with an OpenAI-compatible API: for suggestions beside stories and practice. Empty: off, and nothing is sent anywhere.',
  ),
  llmKey: secret('Bearer token of the language model; empty sends none.'),
  llmModel: text('', 'Name of the language model, where its API asks for one.'),
  drainMs: number(20_000, 0, 600_000, 'Time that attempts under way are given at shutdown.'),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settingTable;

export type Settings = {
  readonly [Name in SettingName]: (typeof settingTable)[Name] extends { kind: 'number' }
    ? number
    : (typeof settingTable)[Name] extends { of: readonly (infer Choice)[] }
      ? Choice
      : string;
};

const PREFIX = 'HOLDFAST_';

/** `retryMaxAgeMs` → `HOLDFAST_RETRY_MAX_AGE_MS`. */
export function environmentName(name: string): string {
  return PREFIX + name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

export const settingNames = Object.keys(settingTable).filter(isSettingName);

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingTable, name);
}

/** Names that tools around Holdfast read from the same environment; they are no settings of the service. */
const clientVariables = ['HOLDFAST_URL', 'HOLDFAST_TOKEN'] as const;

/**
 * Reads all settings once. `overrides` (flags) win over the environment.
 * Throws `config_invalid` naming the variable: for an unknown HOLDFAST_ name with the nearest known one.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  nearest: (name: string, known: readonly string[]) => string,
  overrides: Readonly<Partial<Record<SettingName, string | undefined>>> = {},
): Settings {
  const known = settingNames.map(environmentName);
  for (const name of Object.keys(environment)) {
    if (
      !name.startsWith(PREFIX) ||
      known.includes(name) ||
      clientVariables.some((client) => client === name)
    ) {
      continue;
    }
    throw fault('config_invalid', {
      field: name,
      detail: `${name} is not a setting. The nearest is ${nearest(name, known)}; "holdfast settings" lists all.`,
    });
  }
  const values: Record<string, string | number> = {};
  for (const name of settingNames) {
    const given = overrides[name] ?? environment[environmentName(name)];
    values[name] = given === undefined ? settingTable[name].fallback : parseSetting(name, given);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was just given a value of its kind
  const settings = values as Settings;
  if (settings.leaseMs < settings.attemptTimeoutMs + 1000) {
    throw fault('config_invalid', {
      field: environmentName('leaseMs'),
      detail: `leaseMs (${settings.leaseMs}) must exceed attemptTimeoutMs (${settings.attemptTimeoutMs}) by at least 1000, or attempts outlive their lease.`,
    });
  }
  return settings;
}

function parseSetting(name: SettingName, given: string): string | number {
  const setting: Setting = settingTable[name];
  const field = environmentName(name);
  if (setting.kind === 'number') {
    const value = given.trim() === '' ? Number.NaN : Number(given);
    if (Number.isSafeInteger(value) && value >= setting.min && value <= setting.max) return value;
    throw fault('config_invalid', {
      field,
      detail: `${field} must be a whole number from ${setting.min} to ${setting.max}, not "${given}".`,
    });
  }
  if (setting.kind === 'choice' && !setting.of.includes(given)) {
    throw fault('config_invalid', {
      field,
      detail: `${field} must be one of ${setting.of.join(', ')}, not "${given}".`,
    });
  }
  return given;
}
