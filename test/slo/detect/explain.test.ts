import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import { Explain } from '../../../src/slo/index.ts';

describe('explaining failures', () => {
  it('does not put three of three before 900 of 1,000', () => {
    const explain = new Explain();
    explain.add({ total: 3, bad: 3, values: { host: 'rare' } });
    explain.add({ total: 1000, bad: 900, values: { host: 'broken' } });
    explain.add({ total: 50_000, bad: 10, values: { host: 'healthy' } });
    const rows = explain.rank();
    assert.equal(rows[0]?.value, 'broken');
    assert.deepEqual([rows[0]?.bad, rows[0]?.total], [900, 1000]);
    assert.deepEqual([rows[0]?.otherBad, rows[0]?.otherTotal], [13, 50_003]);
    assert.ok((rows[0]?.explained ?? 0) > 0.98);
  });

  it('finds a planted cause among dimensions that mean nothing', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = seededRandom(seed);
      const explain = new Explain();
      for (let index = 0; index < 20_000; index += 1) {
        const node = `node-${Math.floor(random.next() * 5)}`;
        const share = node === 'node-3' ? 0.01 : 0.0005;
        const values = {
          node,
          endpoint: `endpoint-${Math.floor(random.next() * 2000)}`,
          region: `region-${Math.floor(random.next() * 4)}`,
        };
        explain.add({ total: 1, bad: random.next() < share ? 1 : 0, values });
      }
      const [first] = explain.rank();
      assert.deepEqual([first?.dimension, first?.value], ['node', 'node-3'], `seed ${seed}`);
    }
  });

  it('keeps a rare value that always fails, among thousands of others', () => {
    const random = seededRandom(7);
    const explain = new Explain();
    for (let index = 0; index < 30_000; index += 1) {
      const isBad = index % 300 === 0;
      const address = isBad ? '10.0.0.1' : `192.0.2.${Math.floor(random.next() * 10_000)}`;
      explain.add({ total: 1, bad: isBad ? 1 : 0, values: { address } });
    }
    const [first] = explain.rank();
    assert.equal(first?.value, '10.0.0.1');
    assert.equal(first.bad, 100);
  });

  it('gives no row for what chance explains: one of one, where four in ten fail', () => {
    const explain = new Explain();
    explain.add({ total: 1, bad: 1, values: { host: 'once' } });
    explain.add({ total: 1000, bad: 400, values: { host: 'other' } });
    assert.deepEqual(explain.rank(), []);
  });

  it('gives no row where nothing separates', () => {
    const explain = new Explain();
    for (const host of ['a', 'b', 'c']) explain.add({ total: 1000, bad: 10, values: { host } });
    assert.deepEqual(explain.rank(), []);
    assert.deepEqual(new Explain().rank(), []);
  });

  it('looks at 24 dimensions and gives 20 rows at most', () => {
    const explain = new Explain();
    for (let index = 0; index < 40; index += 1) {
      explain.add({ total: 100, bad: 100, values: { [`dimension-${index}`]: 'bad' } });
      explain.add({ total: 900, bad: 0, values: { [`dimension-${index}`]: 'good' } });
    }
    const rows = explain.rank();
    assert.equal(new Set(rows.map(({ dimension }) => dimension)).size, 20);
    assert.ok(rows.length <= 20);
  });
});
