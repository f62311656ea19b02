import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { monotonicMs } from '../core/index.ts';
import { isLocalhost } from './endpoint-url.ts';
import { createHostsReader, hostsFile } from './hosts-file.ts';

/** What a resolver answers. The family is not believed: the address itself is looked at. */
export type ResolvedAddress = { readonly address: string; readonly family: number };
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export type ResolverOptions = {
  /** `address:port` of name servers; the system's by default. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
  /** Domains to look for a name in that is not found as it is; those of resolv.conf(5) by default. */
  readonly search?: readonly string[];
};

/** Twice this at the second try, and no third: a name server that never answers is given up after 6 s. */
const TRY_MS = 2000;
const TRIES = 2;
/** Once one family has an address, the other is waited for this long: some name servers drop AAAA questions. */
const OTHER_FAMILY_MS = 300;
/** glibc takes as many. */
const MOST_SEARCHED = 6;

/**
 * Looks names up without threads. getaddrinfo, which Node's `lookup` calls, blocks a thread until the name server
 * answers, and libuv has two for it: two names whose servers hang stop all lookups (docs/adr/0015).
 * Order: the hosts file, localhost, the name servers, IPv4 before IPv6. Connections to one host that begin together
 * share one lookup; nothing is kept beyond that. Throws what c-ares does, such as ENOTFOUND and ETIMEOUT.
 */
export function createResolver(options: ResolverOptions = {}): Resolve {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const readHosts = createHostsReader(options.hostsFile ?? hostsFile, monotonicMs);
  const underWay = new Map<string, Promise<readonly ResolvedAddress[]>>();

  const ask = async (name: string): Promise<readonly ResolvedAddress[]> => {
    const families = await Promise.allSettled(
      together(
        resolver.resolve4(name).then((found) => resolved(found, 4)),
        resolver.resolve6(name).then((found) => resolved(found, 6)),
      ),
    );
    const found = families.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    if (found.length > 0) return found;
    // A name server that does not answer tells more than one that knows no such record.
    const reasons = families.flatMap((each): readonly unknown[] =>
      each.status === 'rejected' ? [each.reason] : [],
    );
    throw reasons.find((reason) => !isNotFound(reason)) ?? reasons[0];
  };

  const find = async (name: string): Promise<readonly ResolvedAddress[]> => {
    const known = (await readHosts()).get(name.replace(/\.$/, ''));
    if (known !== undefined) return known.map(withFamily);
    if (isLocalhost(name)) return ['127.0.0.1', '::1'].map(withFamily);
    try {
      return await ask(name);
    } catch (thrown) {
      if (!isNotFound(thrown) || name.endsWith('.')) throw thrown;
      for (const domain of options.search ?? (await searchOfSystem())) {
        try {
          return await ask(`${name}.${domain}`);
        } catch (next) {
          if (!isNotFound(next)) throw next;
        }
      }
      throw thrown;
    }
  };

  return (hostname) => {
    const name = hostname.toLowerCase();
    const asked = underWay.get(name);
    if (asked !== undefined) return asked;
    const answer = find(name).finally(() => underWay.delete(name));
    underWay.set(name, answer);
    return answer;
  };
}

/** Both, where the later one is given up a moment after the first one had an address. */
function together<Found>(...both: readonly Promise<Found>[]): readonly Promise<Found>[] {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {}); // nobody may be waiting for it any more
  let timer: NodeJS.Timeout | undefined;
  void Promise.any(both).then(
    () => {
      timer = setTimeout(() => late.reject(new Error('the other family')), OTHER_FAMILY_MS);
    },
    () => {},
  );
  void Promise.allSettled(both).then(() => clearTimeout(timer));
  return both.map((each) => Promise.race([each, late.promise]));
}

const resolved = (addresses: readonly string[], family: number): readonly ResolvedAddress[] =>
  addresses.map((address) => ({ address, family }));

const withFamily = (address: string): ResolvedAddress => ({
  address,
  family: address.includes(':') ? 6 : 4,
});

function isNotFound(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

/** Read anew for each name that is not found, which is rare. None where there is no such file. */
async function searchOfSystem(): Promise<readonly string[]> {
  const text = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  const lines = [...text.matchAll(/^\s*(?:search|domain)\s+(.*)$/gm)];
  const domains = lines.at(-1)?.[1]?.split(/[\s#;]+/) ?? [];
  return domains.filter((domain) => /^[\w.-]+$/.test(domain)).slice(0, MOST_SEARCHED);
}
