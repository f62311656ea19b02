import assert from 'node:assert/strict';
import { settingTable } from '../../src/core/index.ts';
import type { Application, Endpoint } from '../../src/change/index.ts';
import type { Message } from '../../src/ledger/index.ts';
import type { Receiver, Send } from './simulation-network.ts';
import { Simulation, type SimulationOptions } from './simulation.ts';
import { somebody } from './somebody.ts';

/** What the gates of a lane are set to where nobody says otherwise, as the service starts. */
export const defaultGates = {
  laneConcurrency: settingTable.laneConcurrency.fallback,
  adaptiveConcurrency: settingTable.adaptiveConcurrency.fallback,
  breakerFailures: settingTable.breakerFailures.fallback,
  breakerFailurePercent: settingTable.breakerFailurePercent.fallback,
  breakerOpenMs: settingTable.breakerOpenMs.fallback,
  breakerLongestOpenMs: settingTable.breakerLongestOpenMs.fallback,
  retryBudgetPercent: settingTable.retryBudgetPercent.fallback,
  retryBudgetPerSecond: settingTable.retryBudgetPerSecond.fallback,
  longestHoldMs: settingTable.longestHoldMs.fallback,
  attemptTimeoutMs: settingTable.attemptTimeoutMs.fallback,
  leaseMs: settingTable.leaseMs.fallback,
} as const;

/** A simulated service with an application, and the few things that tests do with it. */
export class Scene {
  readonly simulation: Simulation;
  appId = 0;

  private constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  static async create(options: Partial<SimulationOptions> = {}): Promise<Scene> {
    const scene = new Scene(new Simulation({ seed: 1, ...options }));
    await scene.simulation.start();
    scene.appId = await scene.simulation.createApplication('Acme');
    return scene;
  }

  get now(): number {
    return this.simulation.clock.now();
  }

  endpoint(name: string, given: Partial<Endpoint> = {}): Promise<Endpoint> {
    return this.simulation.clock.complete(
      this.simulation.createEndpoint(this.appId, name, { eventTypes: [name], ...given }),
    );
  }

  update(endpoint: Endpoint, given: Partial<Endpoint>): Promise<Endpoint> {
    const { endpoints } = this.simulation.life.configuration;
    const update = async (): Promise<Endpoint> => {
      const current = await endpoints.byId(endpoint.id);
      assert.ok(current);
      return endpoints.update(current, (known) => ({ ...known, ...given }), somebody);
    };
    return this.simulation.clock.complete(update());
  }

  updateApplication(given: Partial<Application>): Promise<Application> {
    const { applications } = this.simulation.life.configuration;
    const update = async (): Promise<Application> => {
      const current = await applications.byId(this.appId);
      assert.ok(current);
      return applications.update(current, (known) => ({ ...known, ...given }), somebody);
    };
    return this.simulation.clock.complete(update());
  }

  stored(endpoint: Endpoint): Promise<Endpoint | null> {
    return this.simulation.clock.complete(
      this.simulation.life.configuration.endpoints.byId(endpoint.id),
    );
  }

  receiver(name: string): Receiver {
    const found = this.simulation.network.receivers.get(`https://${name}.example`);
    assert.ok(found);
    return found;
  }

  /** Asks for messages to one endpoint, by its name as their type, and does not wait. */
  send(name: string, count = 1, payload = '{}'): Promise<readonly Message[]> {
    const { intake } = this.simulation.life;
    const draft = this.simulation.draft(this.appId, { eventType: name, payload });
    return Promise.all(Array.from({ length: count }, () => intake.accept(draft)));
  }

  accept(name: string, count = 1, payload = '{}'): Promise<readonly Message[]> {
    return this.simulation.clock.complete(this.send(name, count, payload));
  }

  sends(name: string): readonly Send[] {
    const origin = `https://${name}.example`;
    return this.simulation.network.sends.filter((send) => send.origin === origin);
  }

  /** A steady load, so many messages a second, each at its own moment. */
  async load(names: readonly string[], perSecond: number, forMs: number): Promise<number> {
    const everyMs = 1000 / perSecond;
    let accepted = 0;
    const counted = (): number => (accepted += names.length);
    const startedAt = this.now;
    for (let count = 0; count * everyMs < forMs; count += 1) {
      await this.simulation.clock.advance(startedAt + Math.round(count * everyMs) - this.now);
      for (const name of names) void this.send(name);
      counted();
    }
    await this.simulation.clock.advance(startedAt + forMs - this.now);
    return accepted;
  }

  quiet(withinMs = 600_000): Promise<void> {
    return this.simulation.clock.until(() => this.simulation.isQuiet(), withinMs);
  }

  /** What there is to say about a lane now. */
  lane(endpoint: Endpoint) {
    return this.simulation.life.engine.laneFigures(endpoint);
  }
}
