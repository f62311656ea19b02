import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { stringify } from 'yaml';
import { metricFamilies } from '../../src/app/metric-families.ts';
import { defaultObjectives } from '../../src/slo/defaults.ts';
import { prometheusRules } from '../../src/slo/index.ts';
import { everything } from '../../src/slo/objective.ts';
import { seriesOf } from '../../src/slo/prometheus-series.ts';

const defaults = defaultObjectives(60_000);
const [firstAttempt] = defaults;
assert.ok(firstAttempt !== undefined);

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const skip = hasPromtool ? false : 'promtool is not here (Debian: apt-get install prometheus)';

function fileWith(context: TestContext, name: string, value: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rules-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), stringify(value));
  return join(folder, name);
}

function promtool(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
}

describe('rules for Prometheus', () => {
  test('are over families that /metrics has', () => {
    for (const objective of defaults) {
      for (const expression of Object.values(seriesOf(objective))) {
        const families = expression('5m').match(/holdfast_\w+/g) ?? [];
        assert.ok(families.length > 0);
        for (const family of families) assert.ok(Object.hasOwn(metricFamilies, family), family);
      }
    }
  });

  test('name what has none: a slice, another deadline, a threshold that nothing reaches', () => {
    const { rules, omitted } = prometheusRules(
      [
        { ...firstAttempt, name: 'sliced', slice: { ...everything, appIds: ['acme'] } },
        { ...firstAttempt, name: 'fast', indicator: 'on_time', deadlineMs: 1000 },
        { ...firstAttempt, name: 'low', target: 0.9 },
      ],
      60_000,
    );
    assert.deepEqual(
      omitted.map(({ objective }) => objective),
      ['sliced', 'fast', 'low'],
    );
    assert.match(omitted[2]?.why ?? '', /over 1h/);
    assert.equal(rules.groups.length, 1);
  });

  test('have thresholds that follow the period: the workbook has 14.4, 6, 3 and 1 for 30 days', () => {
    const text = stringify(prometheusRules([firstAttempt], 60_000).rules, { lineWidth: 0 });
    for (const burn of ['14.4', '6', '3', '1']) {
      assert.ok(text.includes(`(${burn} * (1 - 0.99))`), burn);
    }
    const week = stringify(prometheusRules([{ ...firstAttempt, periodDays: 7 }], 60_000).rules);
    assert.ok(week.includes('3.36 *'));
  });

  test('are good by promtool', { skip }, (context) => {
    promtool(
      'check',
      'rules',
      fileWith(context, 'rules.yaml', prometheusRules(defaults, 60_000).rules),
    );
  });

  test('fire on a burst and not on a healthy hour, by promtool', { skip }, (context) => {
    const rules = fileWith(context, 'rules.yaml', prometheusRules([firstAttempt], 60_000).rules);
    const bad = 'holdfast_sli_first_attempts{result="bad"}';
    const good = 'holdfast_sli_first_attempts{result="ok"}';
    const alert = (at: string, isFiring: boolean): object => ({
      eval_time: at,
      alertname: 'HoldfastBudgetBurnsFast',
      exp_alerts: isFiring
        ? [
            {
              exp_labels: { slo: 'first-attempt', owner: 'platform', severity: 'page' },
              exp_annotations: annotations,
            },
          ]
        : [],
    });
    const page = prometheusRules([firstAttempt], 60_000).rules.groups[0]?.rules.find(
      (rule) => 'alert' in rule && rule.alert === 'HoldfastBudgetBurnsFast',
    );
    assert.ok(page !== undefined && 'annotations' in page);
    const annotations = JSON.parse(
      JSON.stringify(page.annotations).replace('{{ $value | humanizePercentage }}', '50%'),
    );
    const test = fileWith(context, 'test.yaml', {
      rule_files: [rules],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [
            { series: bad, values: '0x120' },
            { series: good, values: '100x30 NaN 100x90' },
          ],
          alert_rule_test: [alert('60m', false)],
        },
        {
          interval: '1m',
          input_series: [
            { series: bad, values: '50x120' },
            { series: good, values: '50x120' },
          ],
          alert_rule_test: [alert('60m', true)],
        },
      ],
    });
    promtool('test', 'rules', test);
  });
});
