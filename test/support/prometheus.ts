import assert from 'node:assert/strict';

export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export type Family = {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
};

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const VALUE = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|[Nn]a[Nn]`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);

/**
 * Reads Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats), more strictly than
 * Prometheus does: each family once, its HELP and TYPE before its samples, no sample twice, histograms complete and
 * cumulative. Throws an AssertionError that names what is wrong.
 */
export function parseMetrics(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let current = '';
  assert.ok(text.endsWith('\n'), 'the last line ends');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const help = HELP.exec(line);
    const type = TYPE.exec(line);
    if (help?.[1] !== undefined) {
      assert.ok(!families.has(help[1]), `${help[1]} comes twice`);
      current = help[1];
      families.set(current, { type: '', help: help[2] ?? '', samples: [] });
    } else if (type?.[1] !== undefined) {
      assert.equal(type[1], current, 'TYPE follows HELP');
      family(current).type = type[2] ?? '';
    } else {
      const sample = sampleOf(line);
      const { samples } = family(current);
      assert.ok(isOf(sample.name, current, family(current).type), `${line} in ${current}`);
      const key = line.slice(0, line.lastIndexOf(' '));
      assert.ok(!seen.has(key), `${key} comes twice`);
      seen.add(key);
      samples.push(sample);
    }
  }
  for (const [name, { type, samples }] of families) {
    if (type === 'histogram') assertCumulative(name, samples);
    if (type === 'counter') for (const { value } of samples) assert.ok(value >= 0, name);
  }
  return families;

  function family(name: string) {
    const found = families.get(name);
    assert.ok(found !== undefined, `a line before any HELP`);
    return found;
  }
}

function sampleOf(line: string): Sample {
  const match = SAMPLE.exec(line);
  assert.ok(match !== null, `no sample: ${line}`);
  const [, name = '', labels = '', value = ''] = match;
  const pairs = Array.from(labels.matchAll(new RegExp(LABEL, 'g')), ([pair]) => {
    const [label = '', ...rest] = pair.split('=');
    return [label, rest.join('=').slice(1, -1)] as const;
  });
  return { name, labels: Object.fromEntries(pairs), value: numberOf(value) };
}

function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

function isOf(sample: string, family: string, type: string): boolean {
  if (type !== 'histogram' && type !== 'summary') return sample === family;
  return [`${family}_bucket`, `${family}_sum`, `${family}_count`, family].includes(sample);
}

function assertCumulative(name: string, samples: readonly Sample[]): void {
  for (const one of samples.filter((sample) => sample.name === `${name}_count`)) {
    const same = (sample: Sample): boolean => labelKey(sample) === labelKey(one);
    const buckets = samples.filter((sample) => sample.name === `${name}_bucket` && same(sample));
    const bounds = buckets.map(({ labels }) => numberOf(labels['le'] ?? ''));
    assert.ok(bounds.length > 1 && bounds.at(-1) === Infinity, `${name} ends with +Inf`);
    assert.deepEqual(
      bounds,
      [...new Set(bounds)].toSorted((left, right) => left - right),
    );
    const counts = buckets.map(({ value }) => value);
    assert.deepEqual(
      counts,
      counts.toSorted((left, right) => left - right),
      `${name} is cumulative`,
    );
    assert.equal(counts.at(-1), one.value, `${name}: +Inf is the count`);
    assert.equal(
      samples.filter((sample) => sample.name === `${name}_sum` && same(sample)).length,
      1,
    );
  }
}

/** The labels of a series, but for `le`. */
function labelKey({ labels }: Sample): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([label]) => label !== 'le')
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
