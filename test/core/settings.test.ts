import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distance } from 'fastest-levenshtein';
import {
  environmentName,
  HoldfastError,
  readSettings,
  settingNames,
  settingTable,
  type Setting,
  type SettingName,
  type Settings,
} from '../../src/core/index.ts';

function nearest(name: string, known: readonly string[]): string {
  const [first = ''] = known.toSorted((one, other) => distance(name, one) - distance(name, other));
  return first;
}

function read(
  environment: Readonly<Record<string, string>> = {},
  overrides: Partial<Record<SettingName, string>> = {},
): Settings {
  return readSettings(environment, nearest, overrides);
}

/** A refusal that names the variable, and says it in its sentence. */
const refuses =
  (field: string, ...words: readonly string[]) =>
  (error: unknown): true => {
    assert.ok(error instanceof HoldfastError);
    assert.deepEqual([error.code, error.field], ['config_invalid', field]);
    for (const word of words) assert.ok(error.message.includes(word), error.message);
    return true;
  };

const settings = settingNames.map((name): readonly [SettingName, Setting] => [
  name,
  settingTable[name],
]);

/** Settings that one setting at its bound needs beside it, for the sake of the lease. */
function company(name: SettingName, value: number): Partial<Record<SettingName, string>> {
  if (name === 'leaseMs') {
    return { attemptTimeoutMs: '100', leaseMs: String(Math.max(value, 1100)) };
  }
  if (name === 'attemptTimeoutMs') return { leaseMs: '600000' };
  return {};
}

describe('settings', () => {
  it('have the documented defaults where nothing is given', () => {
    const values = read();
    for (const [name, setting] of settings) assert.equal(values[name], setting.fallback, name);
  });

  it('have defaults that are allowed', () => {
    for (const [name, setting] of settings) {
      if (setting.kind === 'number') {
        assert.ok(setting.min <= setting.fallback && setting.fallback <= setting.max, name);
      }
      if (setting.kind === 'choice') assert.ok(setting.of.includes(setting.fallback), name);
      assert.match(setting.about, /^[A-Z0-9].*\.$/s, `${name} is explained in a sentence`);
    }
  });

  it('are named in the environment by words in capitals', () => {
    assert.equal(environmentName('retryMaxAgeMs'), 'HOLDFAST_RETRY_MAX_AGE_MS');
    assert.equal(environmentName('port'), 'HOLDFAST_PORT');
  });

  for (const [name, setting] of settings) {
    const variable = environmentName(name);
    if (setting.kind === 'number') {
      it(`takes ${variable} from ${setting.min} to ${setting.max}, and nothing else`, () => {
        for (const bound of [setting.min, setting.max]) {
          const others = company(name, bound);
          const given = others[name] ?? String(bound);
          assert.equal(
            read({ [variable]: given }, { ...others, [name]: given })[name],
            Number(given),
          );
        }
        const beyond = setting.max === Number.MAX_SAFE_INTEGER ? 2 ** 53 : setting.max + 1;
        const wrong = [
          setting.min - 1,
          beyond,
          setting.min + 0.5,
          '',
          ' ',
          'ten',
          '10s',
          'NaN',
          'Infinity',
          '1e400',
        ];
        for (const given of wrong) {
          assert.throws(
            () => read({ [variable]: String(given) }),
            refuses(variable, String(setting.min), `"${given}"`),
            `${variable}=${given}`,
          );
        }
      });
    }
    if (setting.kind === 'choice') {
      it(`takes ${variable} from its list, and nothing else`, () => {
        for (const choice of setting.of) assert.equal(read({ [variable]: choice })[name], choice);
        for (const wrong of ['', 'INFO', 'everything']) {
          assert.throws(() => read({ [variable]: wrong }), refuses(variable, ...setting.of));
        }
      });
    }
    if (setting.kind === 'text') {
      it(`takes ${variable} as it is`, () => {
        assert.equal(read({ [variable]: ' a=b ' })[name], ' a=b ');
      });
    }
  }

  it('refuse a name that is none, and name the nearest', () => {
    for (const [wrong, near] of [
      ['HOLDFAST_PROT', 'HOLDFAST_PORT'],
      ['HOLDFAST_LEASE', 'HOLDFAST_LEASE_MS'],
      ['HOLDFAST_RETRY_MAX_AGE', 'HOLDFAST_RETRY_MAX_AGE_MS'],
    ] as const) {
      assert.throws(() => read({ [wrong]: '1' }), refuses(wrong, wrong, near));
    }
  });

  it("leave other people's variables alone, and those of our own client", () => {
    read({ PATH: '/bin', PORT: '1', holdfast_prot: '1', HOLDFAST_URL: 'x', HOLDFAST_TOKEN: 'y' });
  });

  it('prefer a flag to the environment, and the environment to the default', () => {
    assert.equal(read({ HOLDFAST_PORT: '1' }, { port: '2' }).port, 2);
    assert.equal(read({ HOLDFAST_PORT: '1' }).port, 1);
    assert.throws(() => read({ HOLDFAST_PORT: '1' }, { port: 'x' }), refuses('HOLDFAST_PORT'));
  });

  it('keep the lease longer than an attempt by a second', () => {
    const variable = 'HOLDFAST_LEASE_MS';
    assert.equal(read({ [variable]: '16000' }).leaseMs, 16_000);
    assert.throws(() => read({ [variable]: '15999' }), refuses(variable, '15999', '15000'));
    assert.throws(
      () => read({ HOLDFAST_ATTEMPT_TIMEOUT_MS: '29001' }),
      refuses(variable, 'leaseMs (30000)', 'attemptTimeoutMs (29001)'),
    );
  });
});
