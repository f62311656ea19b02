import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { linearScale, ticksTo } from '../../src/core/plot/scale.ts';
import { svgPlot, type Plot } from '../../src/core/plot/svg-plot.ts';

const plot: Plot = {
  title: 'Load <steady>',
  subtitle: 'a & b',
  x: { label: 'minutes', values: [0, 1, 2, 3] },
  panels: [
    {
      title: 'Memory',
      unit: 'MB',
      curves: [
        { name: 'resident', values: [0, 50, Number.NaN, 100] },
        { name: 'heap', values: [10, 10, 10, 10] },
      ],
      trend: { name: '+1 MB/h', from: [1, 50], to: [3, 100] },
    },
  ],
};

describe('ticks', () => {
  it('are round numbers from 0 to one that is not below the most', () => {
    assert.deepEqual(ticksTo(97, 4), [0, 50, 100]);
    assert.deepEqual(ticksTo(100, 4), [0, 50, 100]);
    assert.deepEqual(ticksTo(0.3, 3), [0, 0.1, 0.2, 0.3]);
    assert.deepEqual(ticksTo(1240, 4), [0, 500, 1000, 1500]);
  });

  it('reach any most, in no more steps than asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (most) => {
        const ticks = ticksTo(most, 4);
        assert.ok((ticks.at(-1) ?? 0) >= most * (1 - 1e-9), `${ticks.join(' ')} for ${most}`);
        assert.ok(ticks.length <= 5 && ticks.length >= 2, `${ticks.join(' ')} for ${most}`);
      }),
    );
  });

  it('stand for themselves where there is nothing to show', () => {
    for (const most of [0, Number.NaN, Infinity]) assert.deepEqual(ticksTo(most, 4), [0, 1]);
  });
});

describe('a linear scale', () => {
  it('maps its ends onto the ends given, upside down too', () => {
    const scale = linearScale(200, 130, 10);
    assert.deepEqual([scale(0), scale(100), scale(200)], [130, 70, 10]);
  });
});

describe('an SVG plot', () => {
  const svg = svgPlot(plot);

  it('draws a curve with a gap where a value is missing', () => {
    // 64 to 936 across, 240 up to 110: two points, a gap, one point.
    assert.ok(svg.includes('<path class="curve c0" d="M64 240L354.7 175M936 110"/>'), svg);
  });

  it('names curves, axes and units, in escaped words', () => {
    for (const words of ['>resident<', '>heap<', '>+1 MB/h<', '>Memory, MB<', '>minutes<']) {
      assert.ok(svg.includes(words), words);
    }
    assert.ok(svg.includes('Load &lt;steady&gt;') && svg.includes('a &amp; b'));
    assert.ok(!svg.includes('NaN'));
  });

  it('follows the reader from light to dark', () => {
    assert.ok(svg.includes('prefers-color-scheme: dark'));
  });
});
