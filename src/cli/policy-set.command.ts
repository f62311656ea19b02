import type { Command } from 'commander';
import { HoldfastError, systemClock } from '../core/index.ts';
import { apiFrom, withWhy } from './client-options.ts';
import { describePolicy } from './describe-policy.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { changedTerms, noTerms, withPolicyTerms, type PolicyFlags } from './policy-flags.ts';

export function policySetCommand(): Command {
  return withWhy(
    withPolicyTerms(
      newCommand(
        'set',
        'make a policy, or change the given fields of one; it takes effect at once',
        [
          'holdfast policy set patient --retry 0s,10s,1m,10m,1h --max-age 2d',
          'holdfast policy set patient --concurrency 4 --rate 50',
          'holdfast policy set patient --retry default',
        ],
        'Each takes "default" too: left to whoever is asked next. Validate it first: holdfast policy validate.',
      ),
    ),
  )
    .argument('<policy>', 'name of the policy')
    .option('--description <text>', 'what it is for')
    .action(async (name: string, flags: PolicyFlags) => {
      const api = apiFrom(flags);
      const known = await api.policy(name).catch(noneIfMissing);
      const terms = changedTerms(known ?? noTerms, flags);
      const description = flags.description ?? known?.description ?? '';
      const policy = await api.putPolicy(name, { description, ...terms });
      printResult(flags, policy, (shown) => describePolicy(shown, systemClock.now()));
    });
}

function noneIfMissing(thrown: unknown): null {
  if (thrown instanceof HoldfastError && thrown.code === 'not_found') return null;
  throw thrown;
}
