import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';

let service: HostileService;
let ledger: LedgerWatch;
let caller: Caller;

before(async () => {
  // As it is for everybody who has not allowed anything: public addresses only.
  service = await startHostileService({ allowedSubnets: '' });
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  await send('POST', '/app', { name: 'urls', uid: 'urls' });
  await send('POST', '/app/urls/endpoint', { url: 'https://receiver.invalid/hook', uid: 'there' });
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
});

function send(method: string, path: string, body: unknown): Promise<HostileAnswer> {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
  return caller.send({ method, path: `/api/v1${path}`, headers, body: JSON.stringify(body) });
}

/** Every way to give an endpoint a URL. */
const ways: Readonly<Record<string, (url: unknown) => Promise<HostileAnswer>>> = {
  POST: (url) => send('POST', '/app/urls/endpoint', { url }),
  PUT: (url) => send('PUT', '/app/urls/endpoint/there', { url }),
  'PUT of what is not there': (url) => send('PUT', '/app/urls/endpoint/new', { url, uid: 'new' }),
  PATCH: (url) => send('PATCH', '/app/urls/endpoint/there', { url }),
};

const refused: Readonly<Record<string, readonly string[]>> = {
  url_invalid: [
    'receiver.invalid',
    '/hook',
    '//receiver.invalid/hook',
    'ftp://receiver.invalid/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,a',
    'ws://receiver.invalid/',
    'gopher://receiver.invalid/',
    'unix:/var/run/docker.sock',
    'http://',
    'https:///',
    'http://[',
    'http://[::1',
    'http://receiver.invalid:99999/',
    'http://receiver invalid/',
    'http://%00.invalid/',
    'http://user@receiver.invalid/',
    'http://user:password@receiver.invalid/',
    'http://:password@receiver.invalid/',
    'http://127.0.0.1:80@receiver.invalid/',
    ' ',
  ],
  address_refused: [
    'http://127.0.0.1/',
    'http://127.0.0.1:6379/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://１２７.0.0.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://localhost/',
    'http://LOCALHOST/',
    'http://localhost./',
    'http://a.localhost/',
    'http://[::1]/',
    'http://[::]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://127.0.0.1\\@receiver.invalid/',
    'http://127.0.0.1#@receiver.invalid/',
    'http://\t127.0.0.1/',
    'ht\ntp://127.0.0.1/',
  ],
  validation: ['', `http://receiver.invalid/${'x'.repeat(65_536)}`],
};

for (const [code, urls] of Object.entries(refused)) {
  describe(`refused with ${code}, whichever way it is given`, () => {
    for (const url of urls) {
      test(JSON.stringify(url.slice(0, 60)), async () => {
        for (const [way, give] of Object.entries(ways)) {
          const before = ledger.dump();
          const { status, text } = await give(url);
          const answer = JSON.parse(text);
          assert.equal(status, 422, `${way}: ${status} ${text.slice(0, 300)}`);
          assert.deepEqual([answer.code, answer.field], [code, 'url'], way);
          assert.deepEqual(differences(before, ledger.dump()), [], way);
        }
      });
    }
  });
}

describe('what is no text is no URL', () => {
  for (const value of [
    null,
    1,
    true,
    [],
    ['https://receiver.invalid/'],
    { href: 'https://receiver.invalid/' },
  ]) {
    test(JSON.stringify(value), async () => {
      for (const [way, give] of Object.entries(ways)) {
        const { status, text } = await give(value);
        assert.equal(status, 422, `${way}: ${text}`);
      }
    });
  }
});

test('the password in a URL that is refused is not repeated', async () => {
  for (const give of Object.values(ways)) {
    const { text } = await give('http://user:hush-hush@receiver.invalid/');
    assert.ok(!text.includes('hush'), text);
  }
});

test('a public name is accepted, and kept without what a browser would drop', async () => {
  const { status, text } = await send('POST', '/app/urls/endpoint', {
    url: 'HTTPS://Receiver.INVALID:443/a/../b?c=d#e',
    disabled: true,
  });
  assert.equal(status, 201, text);
  assert.match(JSON.parse(text).url, /^https:\/\/receiver\.invalid\/b\?c=d/);
});
