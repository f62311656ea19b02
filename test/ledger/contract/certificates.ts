import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CertificateLink, Ledger } from '../../../src/ledger/index.ts';
import { only, openScene, START } from '../../support/ledger-scene.ts';

const ALL = { limit: 250, descending: false };
const DAY_MS = 86_400_000;

function chainOf(fingerprint: string, validTo = START + 90 * DAY_MS): readonly CertificateLink[] {
  const link = { subject: 'CN=a', issuer: 'CN=b', validFrom: START, validTo };
  return [
    { ...link, fingerprint },
    { ...link, fingerprint: 'AA:00', validTo: START + 365 * DAY_MS },
  ];
}

export function describeCertificates(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: certificates`, () => {
    it('keeps the chain seen last of each peer, and what became of it', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const observe = (peer: string, fingerprint: string, at: number): Promise<string> =>
        ledger.observeCertificate({ id: nextId(), peer, chain: chainOf(fingerprint), at });
      assert.equal(await observe('a.test:443', '01', START), 'first');
      assert.equal(await observe('b.test:443', '01', START), 'first');
      assert.equal(await observe('a.test:443', '01', START + 1), 'known');
      assert.equal(await observe('a.test:443', '02', START + 2), 'changed');
      assert.equal(await observe('a.test:443', '02', START + 3), 'known');
      const seen = await ledger.certificates(ALL);
      assert.deepEqual(
        seen.map(({ peer, firstSeenAt, lastSeenAt }) => [peer, firstSeenAt, lastSeenAt]),
        [
          ['a.test:443', START + 2, START + 3],
          ['b.test:443', START, START],
        ],
      );
      assert.deepEqual(seen[0]?.chain, chainOf('02'));
      const [change, ...more] = await ledger.changes(ALL);
      assert.deepEqual(more, []);
      const { kind, subject, before, after } = only(change?.items ?? []);
      assert.deepEqual([kind, subject], ['certificate', 'a.test:443']);
      assert.deepEqual(before, JSON.stringify(chainOf('01')));
      assert.deepEqual(after, JSON.stringify(chainOf('02')));
    });

    it('gives those that expire before a moment, by the first of the chain', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const days of [5, 10, 20]) {
        const chain = chainOf(`${days}`, START + days * DAY_MS);
        const peer = `in-${days}-days.test:443`;
        await ledger.observeCertificate({ id: nextId(), peer, chain, at: START });
      }
      const expiresBefore = START + 10 * DAY_MS + 1;
      const found = await ledger.certificates({ ...ALL, expiresBefore, descending: true });
      assert.deepEqual(
        found.map(({ peer }) => peer),
        ['in-10-days.test:443', 'in-5-days.test:443'],
      );
    });

    it('gives those that expire soonest of the peers seen lately', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const days of [5, 1, 20, 10, 3]) {
        const chain = chainOf(`${days}`, START + days * DAY_MS);
        const peer = `in-${days}-days.test:443`;
        const at = days === 3 ? START - 1 : START;
        await ledger.observeCertificate({ id: nextId(), peer, chain, at });
      }
      const query = { expiresBefore: START + 11 * DAY_MS, seenSince: START };
      const found = async (limit: number): Promise<readonly string[]> =>
        (await ledger.certificatesToRenew({ ...query, limit })).map(({ peer }) => peer);
      const all = ['in-1-days.test:443', 'in-5-days.test:443', 'in-10-days.test:443'];
      assert.deepEqual(await found(10), all);
      assert.deepEqual(await found(2), all.slice(0, 2));
    });

    it('counts those that expire in a range of time', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const days of [-1, 0, 5, 10, 20]) {
        const chain = chainOf(`${days}`, START + days * DAY_MS);
        const peer = `in-${days}-days.test:443`;
        await ledger.observeCertificate({ id: nextId(), peer, chain, at: START });
      }
      const count = (days: number): Promise<number> =>
        ledger.expiringCertificates({ fromAt: START, beforeAt: START + days * DAY_MS });
      assert.deepEqual(await Promise.all([count(0), count(10), count(21)]), [0, 2, 4]);
    });

    it('keeps the newest changes of a peer that shows another chain each time', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (let count = 0; count <= 50; count += 1) {
        const chain = chainOf(`${count}`);
        await ledger.observeCertificate({ id: nextId(), peer: 'a.test:443', chain, at: START });
      }
      const changes = await ledger.changes(ALL);
      assert.equal(changes.length, 32);
      assert.equal(changes.at(-1)?.items[0]?.after, JSON.stringify(chainOf('50')));
    });

    it('forgets the peers not seen for the longest time, with their changes', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const observe = (peer: string, fingerprint: string, at: number): Promise<string> =>
        ledger.observeCertificate({ id: nextId(), peer, chain: chainOf(fingerprint), at });
      await observe('old.test:443', '01', START);
      await observe('old.test:443', '02', START);
      await Promise.all(
        Array.from({ length: 10_000 }, (_, nth) => observe(`${nth}.test:443`, '01', START + 1)),
      );
      assert.deepEqual(await ledger.changes(ALL), []);
      const [oldest] = await ledger.certificates({ ...ALL, limit: 1 });
      assert.equal(oldest?.peer, '0.test:443');
    });
  });
}
