import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isWorse, type Alert, type AlertSeverity } from '../../../src/slo/alerts/alert.ts';
import {
  moveAlert,
  type AlertMove,
  type AlertRules,
  type Moved,
  type NotifyCause,
} from '../../../src/slo/alerts/state.ts';
import { findingOf } from '../../support/alert-scene.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const rules: AlertRules = {
  holdMs: 5 * MINUTE,
  flapMs: HOUR,
  askAgainMs: MINUTE,
  isMaintained: () => false,
  canTell: () => true,
  escalationsMs: () => [10 * MINUTE, 30 * MINUTE],
};

class Scene {
  alert: Alert | null = null;
  now = 0;
  isMaintained = false;
  isAlone = false;
  /** How often nobody was there to be told. */
  untold = 0;
  #ids = 0;

  do(move: AlertMove): readonly NotifyCause[] | null {
    const here = {
      ...rules,
      isMaintained: () => this.isMaintained,
      canTell: () => !this.isAlone,
    };
    const moved: Moved | null = moveAlert(this.alert, move, this.now, here);
    if (moved === null) return null;
    this.alert = moved.alert;
    this.untold += moved.effects.filter(({ kind }) => kind === 'untold').length;
    return moved.effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.cause] : []));
  }

  raise(severity: AlertSeverity = 'ticket') {
    this.#ids += 1;
    return this.do({ kind: 'raise', id: this.#ids, finding: findingOf({ severity }) });
  }

  after(ms: number) {
    this.now += ms;
    return this.do({ kind: 'tick' });
  }

  clear = () => this.do({ kind: 'clear' });
  acknowledge = () => this.do({ kind: 'acknowledge', actor: 'ada' });
  resolve = () => this.do({ kind: 'resolve', actor: 'ada' });
  silence = (forMs: number) => this.do({ kind: 'silence', actor: 'ada', until: this.now + forMs });
}

describe('an alert', () => {
  it('is told once, however often it is raised', () => {
    const scene = new Scene();
    assert.deepEqual(scene.raise(), ['fired']);
    assert.deepEqual(scene.raise(), []);
    assert.equal(scene.alert?.count, 1);
  });

  it('is resolved only after its condition was gone for five minutes', () => {
    const scene = new Scene();
    scene.raise();
    scene.clear();
    assert.deepEqual(scene.after(4 * MINUTE), []);
    scene.raise();
    scene.clear();
    assert.deepEqual(scene.after(4 * MINUTE), []);
    assert.deepEqual(scene.after(MINUTE), ['resolved']);
    assert.equal(scene.alert?.state, 'resolved');
  });

  it('counts up where it fires again within the hour, and is told once the hour is over', () => {
    const scene = new Scene();
    scene.raise();
    scene.clear();
    scene.after(5 * MINUTE);
    assert.deepEqual(scene.raise(), []);
    assert.equal(scene.alert?.count, 2);
    assert.deepEqual(scene.after(54 * MINUTE), []);
    assert.deepEqual(scene.after(MINUTE), ['fired']);
  });

  it('is a new one where it fires later, or where somebody had called it over', () => {
    const scene = new Scene();
    scene.raise();
    scene.clear();
    scene.after(5 * MINUTE);
    scene.after(HOUR);
    assert.deepEqual(scene.raise(), ['fired']);
    assert.equal(scene.alert?.id, 2);
    assert.deepEqual(scene.resolve(), ['resolved']);
    assert.deepEqual(scene.raise(), ['fired']);
    assert.equal(scene.alert?.id, 3);
  });

  it('escalates until it is acknowledged', () => {
    const scene = new Scene();
    scene.raise();
    assert.deepEqual(scene.after(10 * MINUTE), ['escalated']);
    assert.deepEqual(scene.after(MINUTE), []);
    assert.deepEqual(scene.acknowledge(), ['acknowledged']);
    assert.deepEqual(scene.after(HOUR), []);
  });

  it('fires anew where it got worse, acknowledged and silenced or not', () => {
    const scene = new Scene();
    scene.raise('info');
    scene.acknowledge();
    scene.silence(HOUR);
    assert.deepEqual(scene.raise('info'), []);
    assert.deepEqual(scene.raise('page'), ['worsened']);
    assert.equal(scene.alert?.state, 'firing');
    assert.deepEqual(scene.raise('info'), []);
    assert.equal(scene.alert?.severity, 'page');
  });

  it('is told again at the end of its silence where it still fires', () => {
    const scene = new Scene();
    scene.raise();
    scene.silence(HOUR);
    assert.deepEqual(scene.after(HOUR - 1), []);
    assert.deepEqual(scene.after(1), ['reminded']);
  });

  it('is told at the end of maintenance, and not at all where it ended within it', () => {
    const scene = new Scene();
    scene.isMaintained = true;
    assert.deepEqual(scene.raise(), []);
    scene.after(MINUTE);
    scene.isMaintained = false;
    assert.deepEqual(scene.after(MINUTE), ['fired']);
    const other = new Scene();
    other.isMaintained = true;
    other.raise();
    other.clear();
    assert.deepEqual(other.after(5 * MINUTE), []);
    assert.equal(other.alert?.state, 'resolved');
  });

  it('is owed while there is nobody to be told, counted once a minute, and told to who comes', () => {
    const scene = new Scene();
    scene.isAlone = true;
    assert.deepEqual(scene.raise(), []);
    assert.deepEqual([scene.alert?.isTold, scene.alert?.notifiedAt], [false, null]);
    for (let second = 1; second < 60; second += 1) scene.after(1000);
    assert.equal(scene.untold, 1);
    scene.after(1000);
    assert.equal(scene.untold, 2);
    scene.isAlone = false;
    assert.deepEqual(scene.after(MINUTE), ['fired']);
    scene.isAlone = true;
    assert.deepEqual(scene.raise('page'), []);
    assert.deepEqual(scene.resolve(), ['resolved']);
  });

  it('cannot be acknowledged, silenced or resolved once it is over', () => {
    const scene = new Scene();
    scene.raise();
    scene.resolve();
    assert.equal(scene.acknowledge(), null);
    assert.equal(scene.silence(HOUR), null);
    assert.equal(scene.resolve(), null);
  });
});

/** What must hold whatever happens, kept apart from how the machine does it. */
type Model = {
  /** Last told that it fires; null: never, or somebody called it over since. */
  toldAt: number | null;
  /** Somebody believes that it fires. */
  isBelieved: boolean;
};

class Step implements fc.Command<Model, Scene> {
  readonly name: string;
  readonly act: (scene: Scene) => readonly NotifyCause[] | null;

  constructor(name: string, act: (scene: Scene) => readonly NotifyCause[] | null) {
    this.name = name;
    this.act = act;
  }

  check = () => true;
  toString = () => this.name;

  run(model: Model, scene: Scene): void {
    const before = scene.alert;
    const told = this.act(scene) ?? [];
    const { alert, now } = scene;
    const said = told.filter((cause) => cause !== 'resolved' && cause !== 'acknowledged');
    if (said.length > 0) {
      assert.ok(alert !== null && alert.state === 'firing', 'only what fires is told of');
      assert.ok(!scene.isMaintained, 'maintenance holds back');
      assert.ok(said.includes('escalated') || !scene.isAlone, 'somebody is there to be told');
      const isHushed = before !== null && now < (before.silencedUntil ?? 0);
      const isWorsened = before !== null && isWorse(alert.severity, before.severity);
      assert.ok(
        !isHushed || isWorsened || alert.id !== before.id || alert.silencedUntil === null,
        'a silence holds back what did not get worse',
      );
      if (said.includes('fired') && model.toldAt !== null && alert.id === before?.id) {
        assert.ok(isWorsened || now - model.toldAt >= rules.flapMs, 'flapping is damped');
      }
      if (!said.includes('escalated')) model.toldAt = now;
      model.isBelieved = true;
    }
    if (told.includes('resolved')) {
      assert.ok(model.isBelieved, 'nobody hears of the end who did not hear of the beginning');
      model.isBelieved = false;
    }
    if (alert === null) return;
    if (alert.state === 'resolved' && alert.resolvedBy !== null) model.toldAt = null;
    if (alert.state === 'resolved') assert.ok(!model.isBelieved, 'the end is told');
    const isOpenAndWorse =
      before !== null &&
      before.state !== 'resolved' &&
      alert.id === before.id &&
      isWorse(alert.severity, before.severity);
    if (isOpenAndWorse && !scene.isMaintained && !scene.isAlone) {
      assert.deepEqual(said, ['worsened'], 'what got worse is told at once');
    }
    const isQuiet = scene.isMaintained || (alert.silencedUntil ?? 0) > now;
    const isHeld = isQuiet || alert.clearSince !== null || now < alert.quietUntil;
    if (alert.state === 'firing' && !isHeld) {
      assert.equal(alert.owes, null, 'nothing is owed that nothing holds back');
    }
  }
}

it('keeps its promises in every order of events', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const severity = fc.constantFrom<AlertSeverity>('page', 'ticket', 'info');
  const span = fc.constantFrom(1, MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR);
  const steps = [
    severity.map((worst) => new Step(`raise ${worst}`, (scene) => scene.raise(worst))),
    fc.constant(new Step('clear', (scene) => scene.clear())),
    fc.constant(new Step('acknowledge', (scene) => scene.acknowledge())),
    fc.constant(new Step('resolve', (scene) => scene.resolve())),
    span.map((ms) => new Step(`silence ${ms}`, (scene) => scene.silence(ms))),
    fc.constant(new Step('unsilence', (scene) => scene.silence(0))),
    span.map((ms) => new Step(`after ${ms}`, (scene) => scene.after(ms))),
    fc.boolean().map(
      (isMaintained) =>
        new Step(`maintained ${String(isMaintained)}`, (scene) => {
          scene.isMaintained = isMaintained;
          return scene.after(0);
        }),
    ),
    fc.boolean().map(
      (isAlone) =>
        new Step(`alone ${String(isAlone)}`, (scene) => {
          scene.isAlone = isAlone;
          return scene.after(0);
        }),
    ),
  ];
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 60 }), (commands) => {
      const setup = () => ({ model: { toldAt: null, isBelieved: false }, real: new Scene() });
      fc.modelRun(setup, commands);
    }),
    { seed, numRuns: 500 },
  );
});
