import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createIdSource, seededRandom, systemClock, type Log } from '../../src/core/index.ts';
import {
  createAddressGuard,
  createCertificateWatch,
  createUndiciTransport,
  type TransportAnswer,
} from '../../src/delivery/index.ts';
import { openMemoryLedger, type Ledger } from '../../src/ledger/index.ts';
import { createAuthority, issue, selfSigned, trust, type Issued } from '../support/certificates.ts';
import { until } from '../support/service-until.ts';
import { startTlsReceiver, type TlsReceiver } from '../support/tls-receiver.ts';

const DAY_MS = 86_400_000;
const ALL = { limit: 100, descending: false };

type Scene = {
  readonly ledger: Ledger;
  readonly receiver: TlsReceiver;
  readonly warnings: { readonly peer: string; readonly expiresAt: string }[];
  /** Moves the clock of the watch. */
  move(byMs: number): void;
  /** A request on a new connection. */
  post(): Promise<TransportAnswer>;
};

async function openScene(context: TestContext, issued: Issued): Promise<Scene> {
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const ledger = openMemoryLedger({ clock, random: seededRandom(1) });
  const warnings: Scene['warnings'] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (fields) => void warnings.push(fields as Scene['warnings'][number]),
    error: (fields) => assert.fail(JSON.stringify(fields)),
  };
  const receiver = await startTlsReceiver(context, issued);
  const transport = createUndiciTransport(
    createAddressGuard({
      allowedSubnets: ['127.0.0.0/8'],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    }),
    { attemptTimeoutMs: 10_000, responseLimitBytes: 65_536, responseSnippetBytes: 1024 },
    {
      certificates: createCertificateWatch({ ledger, clock, ids: createIdSource(clock), log }),
    },
  );
  context.after(async () => {
    await transport.close();
    await ledger.close();
  });
  return {
    ledger,
    receiver,
    warnings,
    move: (byMs) => void (aheadMs += byMs),
    async post() {
      const request = {
        origin: `https://receiver.test:${receiver.port}`,
        path: '/',
        headers: [],
        body: '{}',
      };
      const before = receiver.handshakes.full + receiver.handshakes.resumed;
      for (;;) {
        receiver.disconnect();
        const answer = await transport.send(request);
        const isNew = receiver.handshakes.full + receiver.handshakes.resumed > before;
        if (answer.outcome === 'tls_failure') return answer;
        if (isNew && answer.outcome === 'delivered') return answer;
      }
    },
  };
}

/** The session that a full handshake left would be resumed; a receiver with a new ticket key resumes none. */
async function postInFull(scene: Scene, issued: Issued): Promise<void> {
  const { full } = scene.receiver.handshakes;
  scene.receiver.renew(issued);
  await until(async () => {
    await scene.post();
    return scene.receiver.handshakes.full > full;
  }, 'a whole handshake');
}

test('keeps the chain that a receiver shows, leaf to root', async (context) => {
  const root = createAuthority('Root of the test');
  const middle = createAuthority('Middle', root);
  trust(context, root);
  const to = Math.floor((Date.now() + 60 * DAY_MS) / 1000) * 1000;
  const issued = issue(middle, { to }, [middle]);
  const scene = await openScene(context, issued);
  assert.equal((await scene.post()).outcome, 'delivered');
  const [certificate] = await scene.ledger.certificates(ALL);
  assert.equal(certificate?.peer, `receiver.test:${scene.receiver.port}`);
  assert.deepEqual(
    certificate.chain.map(({ subject, issuer }) => [subject, issuer]),
    [
      ['CN=receiver.test', 'CN=Middle'],
      ['CN=Middle', 'CN=Root of the test'],
      ['CN=Root of the test', 'CN=Root of the test'],
    ],
  );
  assert.equal(certificate.chain[0]?.fingerprint, issued.fingerprint);
  assert.equal(certificate.chain[0].validTo, to);
  assert.equal(certificate.expiresAt, to);
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(await scene.ledger.changes(ALL), []);
});

test('a renewal is one observed change, with the chains before and after', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const [first, second] = [issue(root), issue(root)];
  const scene = await openScene(context, first);
  await scene.post();
  await postInFull(scene, second);
  for (let count = 0; count < 5; count += 1) await scene.post();
  const changes = await scene.ledger.changes(ALL);
  assert.equal(changes.length, 1);
  const change = changes[0]?.items[0];
  assert.equal(change?.kind, 'certificate');
  assert.equal(change.subject, `receiver.test:${scene.receiver.port}`);
  const leafOf = (chain: string | null): unknown => JSON.parse(chain ?? '')[0].fingerprint;
  assert.equal(leafOf(change.before), first.fingerprint);
  assert.equal(leafOf(change.after), second.fingerprint);
  const [certificate] = await scene.ledger.certificates(ALL);
  assert.equal(certificate?.chain[0]?.fingerprint, second.fingerprint);
});

test('machines behind one name that show certificates by turns are no change each time', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const both = [issue(root), issue(root)];
  const scene = await openScene(context, issue(root));
  await scene.post();
  for (const issued of [...both, ...both, ...both]) {
    await postInFull(scene, issued);
    scene.move(DAY_MS); // what is known in memory is written down anew
  }
  assert.equal((await scene.ledger.changes(ALL)).length, 2);
});

test('a resumed session, which shows no chain, is no change', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const scene = await openScene(context, issue(root));
  await scene.post();
  const [before] = await scene.ledger.certificates(ALL);
  scene.move(2 * DAY_MS); // the next chain seen would be written down
  await until(async () => {
    await scene.post();
    return scene.receiver.handshakes.resumed > 0 && scene.receiver.handshakes.full === 1;
  }, 'a resumed session');
  assert.deepEqual(await scene.ledger.certificates(ALL), [before]);
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(await scene.ledger.changes(ALL), []);
});

test('warns once a day of a certificate that expires within 21 days', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const soon = issue(root, { to: Date.now() + 20 * DAY_MS });
  const scene = await openScene(context, soon);
  await scene.post();
  await postInFull(scene, soon);
  await postInFull(scene, issue(root, { to: Date.now() + 20 * DAY_MS }));
  assert.deepEqual(
    scene.warnings.map(({ peer }) => peer),
    [`receiver.test:${scene.receiver.port}`],
  );
  scene.move(DAY_MS);
  await postInFull(scene, soon);
  assert.equal(scene.warnings.length, 2);
  const expiring = async (days: number): Promise<number> =>
    (await scene.ledger.certificates({ ...ALL, expiresBefore: Date.now() + days * DAY_MS })).length;
  assert.deepEqual([await expiring(21), await expiring(19)], [1, 0]);
});

test('tells which certificate was presented where it is not accepted, and keeps none', async (context) => {
  const root = createAuthority('Root of the test');
  trust(context, root);
  const expired = issue(root, { from: Date.now() - 9 * DAY_MS, to: Date.UTC(2026, 0, 31) });
  for (const [issued, text] of [
    [
      expired,
      /has expired .*CN=receiver\.test, by CN=Root of the test, valid to 2026-01-31T00:00:00\.000Z/,
    ],
    [selfSigned(), /self-signed .*CN=receiver\.test, by CN=receiver\.test, valid to 20/],
    [
      issue(root, { name: 'other.test' }),
      /does not match .*CN=other\.test, by CN=Root of the test/,
    ],
    [issue(createAuthority('Stranger')), /CN=receiver\.test, by CN=Stranger/],
    [issue({ ...root, name: 'N'.repeat(5000) }), /by CN=N{252}…, valid/],
  ] as const) {
    const scene = await openScene(context, issued);
    const answer = await scene.post();
    assert.deepEqual([answer.outcome, answer.phase], ['tls_failure', 'tls']);
    assert.match(answer.detail ?? '', text);
    assert.ok((answer.detail ?? '').length < 1000);
    assert.deepEqual(await scene.ledger.certificates(ALL), []);
  }
});
