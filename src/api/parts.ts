import type { Clock, IdSource, IdText, Log, Random, Sealer, Settings } from '../core/index.ts';
import type { CanaryWatch, Configuration } from '../change/index.ts';
import type {
  ActRunner,
  AddressGuard,
  CheckReachability,
  Engine,
  Tally,
} from '../delivery/index.ts';
import type { Incidents, Mitigate } from '../incident/index.ts';
import type { ContractGate, DriftWatch, Intake, ValueGate } from '../intake/index.ts';
import type { Auditor, Ledger } from '../ledger/index.ts';
import type { Reviews } from '../review/index.ts';
import type { OpenId, Sessions, SignInRules } from '../session/index.ts';
import type { Alerts, Evaluator, Explainer } from '../slo/index.ts';
import type { PortalTokens } from './portal-tokens.ts';

/** What the routes stand on; wired in app/. */
export type ApiParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly intake: Intake;
  readonly contracts: ContractGate;
  readonly values: ValueGate;
  readonly drift: DriftWatch;
  readonly engine: Engine;
  readonly tally: Pick<Tally, 'ended'>;
  readonly acts: ActRunner;
  readonly canaries: CanaryWatch;
  readonly alerts: Alerts;
  readonly incidents: Incidents;
  readonly mitigate: Mitigate;
  readonly reviews: Reviews;
  readonly auditor: Auditor;
  readonly evaluator: Evaluator;
  readonly explainer: Explainer;
  readonly guard: AddressGuard;
  readonly checkReachability: CheckReachability;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  /** SHA-256 in hex of tokens accepted beside those in the ledger. */
  readonly adminTokenHash: string | null;
  readonly portalTokens: PortalTokens;
  /** Of browsers that signed in. */
  readonly sessions: Sessions;
  /** Null: nobody signs in by OpenID Connect. */
  readonly openId: OpenId | null;
  readonly signInRules: SignInRules | null;
  /** Where the built console stands. */
  readonly consoleFolder: string;
  /** Where the service is reached, for links that it gives out. */
  readonly publicUrl: () => string;
  /** What /metrics answers. */
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  /** The overview of the last minutes (overview.ts). */
  readonly overview: (minutes: number) => Promise<object>;
  readonly isStopping: () => boolean;
};
