import { fault } from '../core/index.ts';
import { notReplayed } from '../review/index.ts';

type Detector = { readonly [name: string]: string | number };

/** What each may be told, by the API's name for it, with what holds where it is not. */
const detectors: Readonly<Record<string, Readonly<Record<string, readonly [string, number]>>>> = {
  burn_rate: {
    target: ['target', 0.999],
    burn: ['burnRate', 14.4],
    long: ['longMinutes', 60],
    short: ['shortMinutes', 5],
  },
  outage: { share: ['share', 0.5], endpoints: ['endpoints', 3] },
  fast_burn: { rate: ['rate', 0.0144] },
  small_step: { share: ['share', 0.003], false: ['falseAlarmsPerYear', 1] },
  silence: { false: ['falseAlarmsPerYear', 0.5] },
};

/** `outage:share=0.2,endpoints=1` as the API takes it. Throws `validation`. */
export function proposedDetector(text: string): Detector {
  const [name = '', settings = ''] = text.split(':', 2);
  const known = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
  if (known === undefined) {
    // The service knows why, and says it.
    if (settings === '' && Object.hasOwn(notReplayed, name)) return { detector: name };
    throw invalid(
      `There is no detector "${name}". There are ${Object.keys(detectors).join(', ')}.`,
    );
  }
  const values = Object.fromEntries(Object.values(known));
  for (const setting of settings.split(',').filter((each) => each !== '')) {
    const [key = '', value = ''] = setting.split('=', 2);
    const field = Object.hasOwn(known, key) ? known[key] : undefined;
    if (field === undefined || value === '' || !Number.isFinite(Number(value))) {
      throw invalid(
        `"${setting}" says nothing to ${name}: it takes ${Object.keys(known).join(', ')}, such as ${name}:${Object.entries(
          known,
        )
          .map(([each, [, fallback]]) => `${each}=${fallback}`)
          .join(',')}.`,
      );
    }
    values[field[0]] = Number(value);
  }
  return { detector: name, ...values };
}

function invalid(detail: string): Error {
  return fault('validation', { field: '--detector', detail });
}
