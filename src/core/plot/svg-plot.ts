import { escapeMarkup } from '../markup.ts';
import { linearScale, ticksTo } from './scale.ts';

/**
 * Panels of curves over one common axis, as an SVG by itself: no script, no font to load, light or dark as the reader's
 * system is.
 *
 *     svgPlot({ title: 'Soak', subtitle: '600/s', x: { label: 'minutes', values: [0, 1] }, panels: [
 *       { title: 'Memory', unit: 'MB', curves: [{ name: 'resident', values: [180, 190] }] } ] })
 */
export type Plot = {
  readonly title: string;
  readonly subtitle: string;
  /** Ascending, from 0 or later. */
  readonly x: { readonly label: string; readonly values: readonly number[] };
  readonly panels: readonly Panel[];
};

export type Panel = {
  readonly title: string;
  readonly unit: string;
  /** Up to three; the axis begins at 0. A value that is not finite is a gap. */
  readonly curves: readonly Curve[];
  /** A straight dashed line from the first point to the second, in units of both axes. */
  readonly trend?: Trend;
};

export type Curve = { readonly name: string; readonly values: readonly number[] };
export type Trend = {
  readonly name: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
};

const WIDTH = 960;
const LEFT = 64;
const RIGHT = WIDTH - 24;
const HEAD_HEIGHT = 76;
const PANEL_HEIGHT = 190;
const TITLE_HEIGHT = 34;
const CURVES_HEIGHT = 130;
const FOOT_HEIGHT = 34;
const Y_STEPS = 5;
const X_STEPS = 10;

const STYLE = `
  svg { color-scheme: light dark; --paper: #ffffff; --ink: #1a1f29; --quiet: #5b6472; --rule: #e3e6eb; --c0: #2457d6; --c1: #c4500b; --c2: #0d8065; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14171d; --ink: #e9ecf1; --quiet: #a0a8b5; --rule: #2b313b; --c0: #79a4ff; --c1: #ffa25c; --c2: #4fd0ab; }
  }
  text { font: 12px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: var(--quiet); font-variant-numeric: tabular-nums; }
  .title { font-size: 19px; font-weight: 600; fill: var(--ink); }
  .panel { font-size: 13px; font-weight: 600; fill: var(--ink); }
  .name { fill: var(--ink); }
  .paper { fill: var(--paper); }
  .rule { stroke: var(--rule); }
  .axis { stroke: var(--quiet); }
  .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
  .trend { stroke: var(--ink); stroke-width: 1.4; stroke-dasharray: 6 4; }
  .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); }`;

export function svgPlot({ title, subtitle, x, panels }: Plot): string {
  const height = HEAD_HEIGHT + panels.length * PANEL_HEIGHT + FOOT_HEIGHT;
  const mostX = x.values.at(-1) ?? 1;
  const ticks = ticksTo(mostX, X_STEPS).filter((tick) => tick <= mostX);
  const xOf = linearScale(mostX > 0 ? mostX : 1, LEFT, RIGHT);
  const footY = height - FOOT_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escapeMarkup(`${title}: ${subtitle}`)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    text(LEFT, 34, title, 'title'),
    text(LEFT, 56, subtitle),
    ...panels.map((panel, place) =>
      panelOf(panel, HEAD_HEIGHT + place * PANEL_HEIGHT, { values: x.values, xOf, ticks }),
    ),
    ...ticks.map((tick) => text(xOf(tick), footY, shown(tick), '', 'middle')),
    text(RIGHT, footY + 18, x.label, '', 'end'),
    '</svg>',
    '',
  ].join('\n');
}

type Axis = {
  readonly values: readonly number[];
  readonly xOf: (value: number) => number;
  readonly ticks: readonly number[];
};

function panelOf({ title, unit, curves, trend }: Panel, top: number, axis: Axis): string {
  const { values, xOf } = axis;
  const finite = curves.flatMap((curve) => curve.values).filter(Number.isFinite);
  const ticks = ticksTo(
    finite.reduce((most, value) => Math.max(most, value), 0),
    Y_STEPS,
  );
  const [curvesTop, bottom] = [top + TITLE_HEIGHT, top + TITLE_HEIGHT + CURVES_HEIGHT];
  const yOf = linearScale(ticks.at(-1) ?? 1, bottom, curvesTop);
  const names = [
    ...curves.map(({ name }, place) => ({ name, mark: `class="curve c${place}"` })),
    ...(trend === undefined ? [] : [{ name: trend.name, mark: 'class="trend"' }]),
  ];
  return [
    text(LEFT, top + 20, `${title}, ${unit}`, 'panel'),
    legendOf(names, top + 20),
    ...ticks.flatMap((tick, place) => [
      line([LEFT, yOf(tick)], [RIGHT, yOf(tick)], place === 0 ? 'class="axis"' : 'class="rule"'),
      text(LEFT - 8, yOf(tick) + 4, shown(tick), '', 'end'),
    ]),
    ...axis.ticks.map((tick) => line([xOf(tick), bottom], [xOf(tick), bottom + 4], 'class="axis"')),
    ...curves.map(
      (curve, place) => `<path class="curve c${place}" d="${pathOf(values, curve, xOf, yOf)}"/>`,
    ),
    ...(trend === undefined
      ? []
      : [
          line(
            [xOf(trend.from[0]), yOf(trend.from[1])],
            [xOf(trend.to[0]), yOf(trend.to[1])],
            'class="trend"',
          ),
        ]),
  ].join('\n');
}

/** Names up to about the right edge, each behind a piece of its line. */
function legendOf(
  names: readonly { readonly name: string; readonly mark: string }[],
  y: number,
): string {
  const widths = names.map(({ name }) => LINE_WIDTH + 6 + name.length * LETTER_WIDTH);
  const gaps = (names.length - 1) * LEGEND_GAP;
  let left = RIGHT - gaps - widths.reduce((sum, width) => sum + width, 0);
  const parts: string[] = [];
  for (const [place, { name, mark }] of names.entries()) {
    parts.push(
      line([left, y - 4], [left + LINE_WIDTH, y - 4], mark),
      text(left + LINE_WIDTH + 6, y, name, 'name'),
    );
    left += (widths[place] ?? 0) + LEGEND_GAP;
  }
  return parts.join('\n');
}

const LINE_WIDTH = 22;
const LEGEND_GAP = 16;
/** Of 12 pixel letters, on the wide side: fonts differ, and names must not run into each other. */
const LETTER_WIDTH = 6.6;

function pathOf(
  values: readonly number[],
  { values: ys }: Curve,
  xOf: (value: number) => number,
  yOf: (value: number) => number,
): string {
  let isDrawing = false;
  return values
    .flatMap((x, place) => {
      const y = ys[place] ?? Number.NaN;
      const isMove = !isDrawing;
      isDrawing = Number.isFinite(y);
      return isDrawing ? [`${isMove ? 'M' : 'L'}${places(xOf(x))} ${places(yOf(y))}`] : [];
    })
    .join('');
}

function text(x: number, y: number, words: string, name = '', anchor = 'start'): string {
  const attributes = `${name === '' ? '' : ` class="${name}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${places(x)}" y="${places(y)}"${attributes}>${escapeMarkup(words)}</text>`;
}

function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  mark: string,
): string {
  return `<line ${mark} x1="${places(x1)}" y1="${places(y1)}" x2="${places(x2)}" y2="${places(y2)}"/>`;
}

function places(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function shown(value: number): string {
  return value.toLocaleString('en');
}
