import type { Detector, Verification } from './action-item.ts';

/** A verification as its fields have it. */
export type VerificationDraft = {
  readonly kind: Verification['kind'] | 'none';
  readonly indicator: 'first_attempt' | 'on_time';
  readonly detector: Replayed;
  /** Of the detector, by their names; shares in percent. */
  readonly numbers: Readonly<Record<NumberName, string>>;
  /** A URL, a drill's name, an endpoint, a command. */
  readonly what: string;
  readonly eventType: string;
  readonly payload: string;
  readonly wanted: 'refuses' | 'accepts';
};

export type Replayed = 'outage' | 'fast_burn' | 'burn_rate' | 'small_step' | 'silence';
export type NumberName =
  | 'share'
  | 'endpoints'
  | 'rate'
  | 'target'
  | 'burnRate'
  | 'longMinutes'
  | 'shortMinutes'
  | 'falseAlarmsPerYear';

/** What each detector is set by. */
export const detectors: Readonly<
  Record<Replayed, { readonly text: string; readonly numbers: readonly NumberName[] }>
> = {
  outage: {
    text: 'A share of all fails, at so many endpoints',
    numbers: ['share', 'endpoints'],
  },
  fast_burn: { text: 'One endpoint fails more than a share', numbers: ['rate'] },
  burn_rate: {
    text: 'A budget burns too fast',
    numbers: ['target', 'burnRate', 'longMinutes', 'shortMinutes'],
  },
  small_step: {
    text: 'Many endpoints fail a little more than they used to',
    numbers: ['share', 'falseAlarmsPerYear'],
  },
  silence: {
    text: 'What is sent at this hour of other weeks is not',
    numbers: ['falseAlarmsPerYear'],
  },
};

/** Names of the numbers, whether they are percent, and where they begin. */
export const numberWords: Readonly<
  Record<NumberName, { readonly text: string; readonly isPercent: boolean; readonly usual: string }>
> = {
  share: { text: 'Share that fails (%)', isPercent: true, usual: '50' },
  endpoints: { text: 'Endpoints at least', isPercent: false, usual: '1' },
  rate: { text: 'Share that fails (%)', isPercent: true, usual: '50' },
  target: { text: 'Target (%)', isPercent: true, usual: '99.9' },
  burnRate: { text: 'Times too fast', isPercent: false, usual: '14.4' },
  longMinutes: { text: 'Long window (min)', isPercent: false, usual: '60' },
  shortMinutes: { text: 'Short window (min)', isPercent: false, usual: '5' },
  falseAlarmsPerYear: { text: 'False alarms a year', isPercent: false, usual: '1' },
};

const usualNumbers: Readonly<Record<NumberName, string>> = {
  share: numberWords.share.usual,
  endpoints: numberWords.endpoints.usual,
  rate: numberWords.rate.usual,
  target: numberWords.target.usual,
  burnRate: numberWords.burnRate.usual,
  longMinutes: numberWords.longMinutes.usual,
  shortMinutes: numberWords.shortMinutes.usual,
  falseAlarmsPerYear: numberWords.falseAlarmsPerYear.usual,
};

/** Where none is chosen yet. */
export const noVerification: VerificationDraft = {
  kind: 'none',
  indicator: 'first_attempt',
  detector: 'outage',
  numbers: usualNumbers,
  what: '',
  eventType: '',
  payload: '{}',
  wanted: 'refuses',
};

/** null: it has none. */
export function verificationDraft(given: Verification | null): VerificationDraft {
  if (given === null) return noVerification;
  const base = { ...noVerification, kind: given.kind };
  switch (given.kind) {
    case 'link':
      return { ...base, what: given.url };
    case 'drill':
      return { ...base, what: given.name };
    case 'canary':
      return { ...base, what: given.endpointId };
    case 'command':
      return { ...base, what: given.command.join(' ') };
    case 'contract':
      return {
        ...base,
        eventType: given.eventType,
        payload: JSON.stringify(given.payload, null, 2),
        wanted: given.wanted ?? 'refuses',
      };
    default: {
      const { indicator = 'first_attempt', proposed } = given;
      const { detector, ...numbers } = proposed;
      if (!isReplayed(detector)) return noVerification;
      return { ...base, indicator, detector, numbers: { ...usualNumbers, ...texts(numbers) } };
    }
  }
}

function isReplayed(name: Detector['detector']): name is Replayed {
  return Object.hasOwn(detectors, name);
}

function texts(numbers: object): Partial<Record<NumberName, string>> {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) =>
      isNumberName(name) && typeof value === 'number'
        ? [[name, String(numberWords[name].isPercent ? Number((value * 100).toFixed(6)) : value)]]
        : [],
    ),
  );
}

function isNumberName(name: string): name is NumberName {
  return Object.hasOwn(numberWords, name);
}

/** undefined: it is not whole. */
export function verificationIn(draft: VerificationDraft): Verification | null | undefined {
  const what = draft.what.trim();
  switch (draft.kind) {
    case 'none':
      return null;
    case 'link':
      return URL.canParse(what) ? { kind: 'link', url: what } : undefined;
    case 'drill':
      return what === '' ? undefined : { kind: 'drill', name: what };
    case 'canary':
      return what === '' ? undefined : { kind: 'canary', endpointId: what };
    case 'command':
      return what === '' ? undefined : { kind: 'command', command: what.split(/\s+/) };
    case 'contract': {
      const payload = jsonIn(draft.payload);
      return draft.eventType === '' || payload === undefined
        ? undefined
        : { kind: 'contract', eventType: draft.eventType, payload, wanted: draft.wanted };
    }
    default: {
      const proposed = detectorIn(draft);
      return proposed === null
        ? undefined
        : { kind: 'detector', indicator: draft.indicator, proposed };
    }
  }
}

/** undefined: it is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function detectorIn({ detector, numbers }: VerificationDraft): Detector | null {
  const at = (name: NumberName): number => {
    const value = Number(numbers[name]);
    return numberWords[name].isPercent ? Number((value / 100).toFixed(8)) : value;
  };
  const isWhole = detectors[detector].numbers.every(
    (name) => numbers[name].trim() !== '' && Number.isFinite(at(name)),
  );
  if (!isWhole) return null;
  switch (detector) {
    case 'outage':
      return { detector, share: at('share'), endpoints: at('endpoints') };
    case 'fast_burn':
      return { detector, rate: at('rate') };
    case 'burn_rate':
      return {
        detector,
        target: at('target'),
        burnRate: at('burnRate'),
        longMinutes: at('longMinutes'),
        shortMinutes: at('shortMinutes'),
      };
    case 'small_step':
      return { detector, share: at('share'), falseAlarmsPerYear: at('falseAlarmsPerYear') };
    default:
      return { detector, falseAlarmsPerYear: at('falseAlarmsPerYear') };
  }
}
