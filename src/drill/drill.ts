import type { SettingName, Settings } from '../core/index.ts';
import type { Scene } from './scene.ts';

/** One thing that the product must show, and what it showed. */
export type Check = {
  readonly mustShow: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isShown: boolean;
};

/** What the product's own record says of a drill, held against the truth that was staged. Moments in ms since 1970. */
export type Verdict = {
  /** When the fault began, by the stage; null: nothing is broken. */
  readonly faultAt: number | null;
  /** When the product first said so; null: never. */
  readonly detectedAt: number | null;
  /** When the product says that it was over for those who are served; null: it says no such thing. */
  readonly mitigatedAt: number | null;
  /** Place of the true cause among what the product offers as the cause, from 1; null: it is not among it. */
  readonly rank: number | null;
  /** Alerts that nothing of what was staged explains. */
  readonly falseAlarms: readonly string[];
  readonly redriven: number;
  /** Minor units; null where the drill carries none, or the product estimates none. */
  readonly money: {
    readonly estimated: number | null;
    readonly true: number;
    readonly currency: string;
  } | null;
  readonly checks: readonly Check[];
};

/** A staged incident whose truth is known. */
export type Drill = {
  readonly name: string;
  /** What is staged, in a sentence. */
  readonly truth: string;
  /** How many times faster than the wall its clock runs. */
  readonly factor: number;
  /** Settings of the service, beside those that every drill has. */
  readonly settings: Partial<Pick<Settings, SettingName>>;
  /** Stages it and holds the product's record against it. */
  play(scene: Scene): Promise<Verdict>;
};

/**
 * A drill in its two halves: `stage` makes it happen and hands on the truth, `judge` asks the product. The fault itself
 * is staged only where `scene.isFaulty`: without it every drill must fail, or it proves nothing.
 */
export function defineDrill<Truth>({
  stage,
  judge,
  ...rest
}: Omit<Drill, 'play'> & {
  stage: (scene: Scene) => Promise<Truth>;
  judge: (scene: Scene, truth: Truth) => Promise<Verdict>;
}): Drill {
  return { ...rest, play: async (scene) => judge(scene, await stage(scene)) };
}

export function check(
  mustShow: string,
  wanted: string,
  measured: string | number | null,
  isShown: boolean,
): Check {
  return { mustShow, wanted, measured: measured === null ? 'nothing' : String(measured), isShown };
}

/** A share in percent, with two digits that count. */
export function percent(share: number): string {
  return Number.isNaN(share) ? 'not known' : `${Number((share * 100).toPrecision(3))} %`;
}

/** `12.3 s`, `4.5 min`; of the drill's clock. */
export function duration(ms: number | null): string {
  if (ms === null || Number.isNaN(ms)) return 'never';
  if (Math.abs(ms) < 120_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
}
