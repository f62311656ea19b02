import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartProps } from './chart-props.ts';

const colours = {
  light: {
    good: '#087f5b',
    bad: '#c92a2a',
    warn: '#d9480f',
    main: '#0b7285',
    quiet: '#868e96',
    text: '#495057',
    grid: '#e9ecef',
  },
  dark: {
    good: '#38d9a9',
    bad: '#ff8787',
    warn: '#ffa94d',
    main: '#3bc9db',
    quiet: '#909296',
    text: '#c1c2c5',
    grid: '#373a40',
  },
} as const;

/** Draws a plot into `target` and gives what takes it away again. */
export function draw(
  target: HTMLElement,
  props: ChartProps,
  width: number,
  height: number,
  scheme: 'light' | 'dark',
): () => void {
  const plot = new uPlot(optionsOf(props, width, height, colours[scheme]), dataOf(props), target);
  return () => plot.destroy();
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const when = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const DAY_SECONDS = 86_400;

/** Seconds since 1970 as what stands below ticks: the hour, or the day where ticks are days. */
function clocks(xs: readonly number[]): string[] {
  const [first = 0, second = first] = xs;
  const format = second - first >= DAY_SECONDS ? day : clock;
  return xs.map((x) => format.format(x * 1000));
}

type Palette = (typeof colours)[keyof typeof colours];

function dataOf({ xs, series, axis }: ChartProps): uPlot.AlignedData {
  return [
    xs.map((x) => (axis === undefined ? x / 1000 : x)),
    ...series.map(({ values }) => [...values]),
  ];
}

function optionsOf(
  { series, format, marks = [], range, axis }: ChartProps,
  width: number,
  height: number,
  palette: Palette,
): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.8, 40] });
  const steps = uPlot.paths.stepped?.({ align: 1 });
  const lines = {
    stroke: palette.text,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid },
  };
  return {
    width,
    height,
    scales: {
      x: { time: axis === undefined },
      ...(range === undefined ? {} : { y: { range: [range[0], range[1]] } }),
    },
    axes: [
      {
        ...lines,
        values: (_plot: uPlot, xs: number[]) =>
          axis === undefined ? clocks(xs) : xs.map(axis.format),
      },
      { ...lines, size: 64, values: (_plot: uPlot, values: number[]) => values.map(format) },
    ],
    series: [
      axis === undefined
        ? { label: 'At', value: (_plot, x) => (x === null ? '–' : when.format(x * 1000)) }
        : { label: axis.name, value: (_plot, x) => (x === null ? '–' : axis.format(x)) },
      ...series.map(({ name, look = 'line', tone = 'main' }): uPlot.Series => ({
        label: name,
        stroke: palette[tone],
        width: 2,
        points: { show: false },
        value: (_plot, value) => (value === null ? '–' : format(value)),
        ...(look === 'dashed' ? { dash: [6, 4] } : {}),
        ...(look === 'bars' && bars !== undefined
          ? { paths: bars, fill: `${palette[tone]}55`, width: 1 }
          : {}),
        ...(look === 'steps' && steps !== undefined ? { paths: steps } : {}),
      })),
    ],
    hooks: {
      draw: [
        (plot) => {
          const { ctx, bbox } = plot;
          for (const { at, text } of marks) {
            const x = plot.valToPos(axis === undefined ? at / 1000 : at, 'x', true);
            if (x < bbox.left || x > bbox.left + bbox.width) continue;
            ctx.save();
            ctx.strokeStyle = palette.warn;
            ctx.fillStyle = palette.text;
            ctx.setLineDash([3, 3]);
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
            ctx.fillText(text, x + 4, bbox.top + 12 * devicePixelRatio);
            ctx.restore();
          }
        },
      ],
    },
  };
}
