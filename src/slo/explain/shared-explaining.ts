import type { Ledger, SamplePage, SampleQuery } from '../../ledger/index.ts';
import type { ChangesInForce } from './changes-in-force.ts';
import type { AllEndpointFacts } from './endpoint-facts.ts';
import type { SliceExplanation } from './explanation.ts';
import { once } from './once.ts';
import type { EndpointSum } from './read-outcomes.ts';

/**
 * What explanations of one moment share: objectives that fire together ask for the same rows, the same sample and often
 * for the same slice. It is held until they are done.
 */
export class SharedExplaining {
  readonly at: number;
  readonly facts: AllEndpointFacts;
  readonly explanations = new Map<string, Promise<SliceExplanation>>();
  readonly outcomes = new Map<string, Promise<readonly EndpointSum[]>>();
  readonly changes = new Map<string, Promise<ChangesInForce>>();
  readonly #pages = new Map<string, Promise<SamplePage>>();
  readonly #ledger: Pick<Ledger, 'sampleDeliveries'>;

  constructor(at: number, facts: AllEndpointFacts, ledger: Pick<Ledger, 'sampleDeliveries'>) {
    this.at = at;
    this.facts = facts;
    this.#ledger = ledger;
  }

  sampleDeliveries(query: SampleQuery): Promise<SamplePage> {
    return once(this.#pages, JSON.stringify(query), () => this.#ledger.sampleDeliveries(query));
  }
}
