import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError } from '../../src/core/index.ts';
import { createAddressGuard, type AddressGuard } from '../../src/delivery/address-guard.ts';
import {
  hostileHosts,
  hostileUrls,
  publicAddresses,
  specialIpv4,
  specialIpv6,
} from './address-tables.ts';
import { embedding, numeric } from './ipv4-spellings.ts';

const PUBLIC = '93.184.216.34';

/** What the guard takes for a name leads to a public address, so that a missed spelling is seen. */
const guardWith = (
  allowedSubnets: readonly string[],
  ...addresses: readonly string[]
): AddressGuard =>
  createAddressGuard({
    allowedSubnets,
    resolve: async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });
const guard = guardWith([], PUBLIC);

const hasCode =
  (...codes: readonly string[]) =>
  (error: unknown) =>
    error instanceof HoldfastError && codes.includes(error.code);
const isRefused = hasCode('address_refused');
const isUrlRefused = (error: unknown): boolean =>
  hasCode('address_refused', 'url_invalid')(error) &&
  error instanceof HoldfastError &&
  error.field === 'url';

const toNumber = (dotted: string): number =>
  dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toDotted = (value: number): string =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

const anySpecialIpv4 = fc.constantFrom(...specialIpv4).chain((subnet) => {
  const [base = '', bits] = subnet.split('/');
  const size = 2 ** (32 - Number(bits));
  return fc.integer({ min: 0, max: size - 1 }).map((offset) => (toNumber(base) + offset) >>> 0);
});
const anyIpv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('refuses hostile hosts, however they are written', async () => {
  for (const host of hostileHosts) {
    await assert.rejects(guard.vet(host), isRefused, host);
    assert.throws(() => guard.vetLiteral(host), isRefused, host);
  }
});

test('refuses hostile URLs, however they are written', () => {
  for (const url of hostileUrls) {
    assert.throws(() => guard.assertUrlAllowed(url), isUrlRefused, url.slice(0, 80));
  }
});

test('accepts public URLs and gives them back as the URL standard reads them', () => {
  const accepted = {
    'https://example.com/hook': 'https://example.com/hook',
    'HTTP://Example.COM:80/a?b#c': 'http://example.com/a?b#c',
    'https://bücher.example/': 'https://xn--bcher-kva.example/',
    'https://hook_1.example.com.:8443/x': 'https://hook_1.example.com.:8443/x',
    'http://0x5db8d822/': `http://${PUBLIC}/`,
    'https://[2606:4700:4700::1111]/': 'https://[2606:4700:4700::1111]/',
    'https://localhost.example.com/': 'https://localhost.example.com/',
    'https://127.0.0.1.example.com/': 'https://127.0.0.1.example.com/',
  };
  for (const [url, href] of Object.entries(accepted)) {
    assert.equal(guard.assertUrlAllowed(url).href, href);
  }
  assert.equal(
    guard.assertUrlAllowed(`https://example.com/${'a'.repeat(65_516)}`).href.length,
    65_536,
  );
});

test('never repeats the credentials of a refused URL', () => {
  assert.throws(
    () => guard.assertUrlAllowed('https://user:hunter2@example.com/'),
    (error) => error instanceof Error && !error.message.includes('hunter2'),
  );
});

test('refuses special addresses as literals and as what a name leads to', async () => {
  const ipv4 = specialIpv4.map((subnet) => subnet.split('/')[0] ?? '');
  for (const address of [...ipv4, ...specialIpv6]) {
    await assert.rejects(guard.vet(address), isRefused, address);
    await assert.rejects(guardWith([], address).vet('receiver.test'), isRefused, address);
  }
});

test('refuses special IPv4 addresses in every spelling', async () => {
  const spellings = fc.constantFrom(...Object.entries({ ...numeric, ...embedding }));
  await fc.assert(
    fc.asyncProperty(anySpecialIpv4, spellings, async (value, [name, spell]) => {
      const host = spell(value);
      await assert.rejects(guard.vet(host), isRefused, `${name}: ${host}`);
      await assert.rejects(guardWith([], host).vet('receiver.test'), isRefused, `${name}: ${host}`);
      const url = `http://${host.includes(':') ? `[${host}]` : host}/`;
      assert.throws(() => guard.assertUrlAllowed(url), isUrlRefused, `${name}: ${url}`);
    }),
    { numRuns: 5000 },
  );
});

test('refuses every IPv4 address that hides in an IPv6 one, also a public one', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyIpv4,
      fc.constantFrom(...Object.values(embedding)),
      async (value, spell) => {
        await assert.rejects(guard.vet(spell(value)), isRefused, spell(value));
      },
    ),
    { numRuns: 2000 },
  );
});

test('accepts public addresses, as literals and as what a name leads to', async () => {
  for (const address of publicAddresses) {
    const vetted = [{ address, family: address.includes(':') ? 6 : 4 }];
    assert.deepEqual(await guard.vet(address), vetted);
    assert.deepEqual(await guardWith([], address).vet('receiver.test'), vetted);
  }
  assert.deepEqual(await guard.vet('[2606:4700:4700::1111]'), [
    { address: '2606:4700:4700::1111', family: 6 },
  ]);
});

test('accepts exactly the IPv4 addresses outside the special ranges', async () => {
  const isSpecial = (value: number): boolean =>
    specialIpv4.some((subnet) => {
      const [base = '', bits] = subnet.split('/');
      const size = 2 ** (32 - Number(bits));
      return value >= toNumber(base) && value < toNumber(base) + size;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyIpv4, anySpecialIpv4), async (value) => {
      const isAccepted = await guard.vet(toDotted(value)).then(
        () => true,
        () => false,
      );
      assert.equal(isAccepted, !isSpecial(value), toDotted(value));
    }),
    { numRuns: 5000 },
  );
});

test('refuses a name of which one address is not public', async () => {
  await assert.rejects(guardWith([], PUBLIC, '10.0.0.1').vet('receiver.test'), isRefused);
  await assert.rejects(
    guardWith([], '2606:4700:4700::1111', PUBLIC, '::1').vet('receiver.test'),
    isRefused,
  );
  assert.equal(
    (await guardWith([], PUBLIC, '1.1.1.1', '2606:4700:4700::1111').vet('receiver.test')).length,
    3,
  );
});

test('refuses what a resolver must not answer', async () => {
  for (const answer of ['', 'receiver.test', '127.1', '2130706433', 'fe80::1%eth0', '1.1.1.1\n']) {
    await assert.rejects(guardWith([], answer).vet('receiver.test'), isRefused, answer);
  }
  await assert.rejects(guardWith([]).vet('receiver.test'), { code: 'ENODATA' });
});

test('does not tell strangers which address an internal name has', async () => {
  await assert.rejects(
    guardWith([], '10.20.30.40').vet('db.internal.test'),
    (error) => error instanceof Error && !error.message.includes('10.20.30.40'),
  );
});

test('passes on what the resolver throws', async () => {
  const failure = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const failing = createAddressGuard({
    allowedSubnets: [],
    resolve: () => Promise.reject(failure),
  });
  await assert.rejects(failing.vet('receiver.test'), failure);
});

test('asks the system where no resolver is given', async () => {
  await assert.rejects(createAddressGuard({ allowedSubnets: [] }).vet('localhost'), isRefused);
  const open = createAddressGuard({ allowedSubnets: ['127.0.0.0/8', '::1/128'] });
  assert((await open.vet('localhost')).length > 0);
});

test('allows what lies in an allowed subnet and nothing beside it', async () => {
  const open = guardWith(['10.1.0.0/16', ' fd00:1::/32 '], '10.1.2.3', 'fd00:1::5');
  assert.equal((await open.vet('receiver.test')).length, 2);
  for (const address of ['10.1.0.0', '10.1.255.255', '[fd00:1:ffff::1]', '1.1.1.1']) {
    assert.equal((await open.vet(address)).length, 1, address);
    assert.doesNotThrow(() => open.assertUrlAllowed(`http://${address}/`));
  }
  const beside = '10.0.255.255 10.2.0.0 fd00:2::1 127.0.0.1 10.1 ::ffff:10.1.0.1';
  for (const address of beside.split(' ')) {
    await assert.rejects(open.vet(address), isRefused, address);
  }
});

test('allows localhost for an endpoint where a loopback address is allowed', () => {
  for (const subnet of ['127.0.0.0/8', '127.0.0.1/32', '::1/128']) {
    assert.equal(guardWith([subnet]).assertUrlAllowed('http://localhost:3000/').port, '3000');
  }
  assert.throws(
    () => guardWith(['127.0.0.2/32']).assertUrlAllowed('http://localhost/'),
    isUrlRefused,
  );
});

test('allows IPv4 inside IPv6 only by a subnet that names that prefix', async () => {
  for (const spell of Object.values(embedding)) {
    const host = spell(toNumber('10.0.0.1'));
    await assert.rejects(
      guardWith(['0.0.0.0/0', '10.0.0.0/8', '::/0', '::/15', '2000::/3']).vet(host),
      isRefused,
      host,
    );
    assert.equal((await guardWith([`${host}/128`]).vet(host)).length, 1, host);
  }
  assert.equal((await guardWith(['::ffff:10.0.0.0/104']).vet('::ffff:10.0.0.1')).length, 1);
  assert.equal((await guardWith(['::/0']).vet('fd00::1')).length, 1);
});

test('refuses a malformed subnet by name', () => {
  const malformed =
    '10.0.0.0 10.0.0.0/ 10.0.0.0/33 10.0.0.0/-1 10.0.0.0/8/8 10.0.0.0/8.5 10/8 010.0.0.0/8 ::/129 ' +
    '[::1]/128 fe80::%eth0/10 localhost/8 10.0.0.0/255.0.0.0 10.0.0.0/8,11.0.0.0/8';
  for (const subnet of ['', ...malformed.split(' ')]) {
    assert.throws(() => guardWith([subnet]), hasCode('config_invalid'), subnet);
  }
});
