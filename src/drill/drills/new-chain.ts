import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createAuthority, issue } from '../certificates.ts';
import { check, defineDrill, type Check } from '../drill.ts';
import { checkOpened, incidentOf, NO_INCIDENT, suspectsOf } from '../incident-record.ts';
import { listAt, textAt, type Json } from '../json.ts';
import { payment, PAYMENT } from '../payments.ts';
import { rankOf, strangers } from '../record.ts';
import type { Receiver } from '../receiver.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PER_SECOND = 1;
/** Suspects are of the last 14 days: the decoy is just among them. */
const DECOY_BEFORE_MS = 14 * DAY_MS - 30 * MINUTE_MS;
/** Of so many connections one meets the machine with the other chain. */
const MACHINES = 25;

type Truth = {
  readonly endpointId: string;
  readonly receiver: Receiver;
  readonly faultAt: number;
  /** The change of the decoy, and the one that was observed; empty: there is none. */
  readonly decoy: string;
  readonly observed: string;
  readonly untrusted: string;
};

/** A renewed certificate: one machine of 25 sends an intermediate that nobody trusts, and a schema change takes the blame. */
export const newChain = defineDrill<Truth>({
  name: 'new-chain',
  truth:
    "a receiver renews its certificate; 4 % of connections meet an intermediate that the client doesn't trust",
  factor: 30,
  settings: {},
  async stage(scene) {
    const { api, clock, random } = scene;
    const root = createAuthority('Drill Root');
    const old = createAuthority('Drill Issuing 1', root);
    const renewed = createAuthority('Drill Issuing 2', root);
    const strangersRoot = createAuthority('Nobody Root');
    const untrusted = createAuthority('Drill Issuing 2b', strangersRoot);
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, root.pem]);
    scene.onEnd(() => setDefaultCACertificates(trusted));
    const name = { name: 'receiver.test' };
    const before = issue(old, name, [old]);
    const receiver = await scene.receiver({ certificate: before });
    // Each request makes a connection of its own, as behind a balancer that closes them.
    receiver.behave(() => ({ status: 204, isLast: true }));
    await scene.application('bank');
    const endpointId = await scene.endpoint('bank', 'main', receiver.url);
    const schema = (description: string): Json => ({ type: 'object', description });
    await api.post('/event-type', {
      name: PAYMENT,
      description: 'Money came in.',
      schemas: { '1': schema('first') },
    });
    await api.patch(`/event-type/${PAYMENT}`, {
      schemas: { '1': schema('first'), '2': schema('second') },
    });
    const decoy = textAt((await scene.record.changes()).at(-1), 'id');
    await scene.restart(DECOY_BEFORE_MS);
    const traffic = scene.traffic({
      app: 'bank',
      perSecond: PER_SECOND,
      draft: (nth) => payment(random, nth),
    });
    await scene.wait(2 * MINUTE_MS);
    const faultAt = clock.now();
    const good = issue(renewed, name, [renewed]);
    if (scene.isFaulty) {
      const bad = issue(untrusted, name, [untrusted]);
      let connection = Math.floor(random.next() * MACHINES);
      receiver.present(() => ((connection += 1) % MACHINES === 0 ? bad : good));
    }
    await scene.wait(6 * MINUTE_MS);
    await scene.within(2 * MINUTE_MS, () => incidentOf(scene.record, faultAt));
    const observed = (await scene.record.changes()).findLast((change) =>
      listAt(change, 'items').some(
        (item) =>
          textAt(item, 'kind') === 'certificate' && textAt(item, 'subject') === receiver.host,
      ),
    );
    receiver.present(() => good);
    await scene.wait(MINUTE_MS);
    await traffic.stop();
    return {
      endpointId,
      receiver,
      faultAt,
      decoy,
      observed: textAt(observed, 'id'),
      untrusted: untrusted.name,
    };
  },
  async judge({ record }, { endpointId, receiver, faultAt, decoy, observed, untrusted }) {
    const alerts = await record.alerts();
    const incident = await incidentOf(record, faultAt);
    const suspects = await suspectsOf(record, incident);
    const rank = rankOf(suspects, ({ changeId }) => observed !== '' && changeId === observed);
    const decoyRank = rankOf(suspects, ({ changeId }) => changeId === decoy);
    const texts = alerts
      .filter(({ firedAt }) => firedAt >= faultAt)
      .map(({ text, facts }) => text + JSON.stringify(facts));
    const isNamed = texts.some(
      (text) => text.includes(receiver.host) && /chain/i.test(text) && text.includes(untrusted),
    );
    const namesHost = texts.some((text) => text.includes(receiver.host));
    const checks: readonly Check[] = [
      check(
        'the new chain is an observed change',
        'a change of that host',
        observed === '' ? 'none' : observed,
        observed !== '',
      ),
      check(
        'the observed change of the chain ranks above the decoy',
        'above it',
        incident === null
          ? NO_INCIDENT
          : `chain: ${rank === null ? 'not suspected' : `rank ${rank}`}; schema change: ${decoyRank === null ? 'not suspected' : `rank ${decoyRank}`}; first: ${suspects[0]?.subject ?? 'none'}`,
        rank !== null && (decoyRank === null || rank < decoyRank),
      ),
      check(
        'an alert names host and chain',
        `${receiver.host} and ${untrusted}`,
        isNamed ? 'both named' : namesHost ? 'the host alone' : 'neither',
        isNamed,
      ),
      checkOpened(incident, faultAt, 3 * MINUTE_MS),
    ];
    return {
      faultAt,
      detectedAt:
        incident?.detectedAt ?? alerts.find(({ firedAt }) => firedAt >= faultAt)?.firedAt ?? null,
      mitigatedAt: incident?.mitigatedAt ?? null,
      rank,
      falseAlarms: strangers(alerts, faultAt, [
        endpointId,
        receiver.host,
        'objective',
        'growth lag',
      ]),
      redriven: 0,
      money: null,
      checks,
    };
  },
});
