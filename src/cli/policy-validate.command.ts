import type { Command } from 'commander';
import { apiFrom } from './client-options.ts';
import { describeForecast } from './describe-forecast.ts';
import { newCommand } from './new-command.ts';
import { changedTerms, noTerms, withPolicyTerms, type PolicyFlags } from './policy-flags.ts';
import { printResult } from './output.ts';

type Flags = PolicyFlags & { readonly app?: string; readonly endpoint?: string };

export function policyValidateCommand(): Command {
  return withPolicyTerms(
    newCommand(
      'validate',
      'check a policy and see what it would do to traffic, beside what is in force; changes nothing',
      [
        'holdfast policy validate --retry 0s,10s,1m,10m,1h --app acme',
        'holdfast policy validate patient --max-age 1d',
        'holdfast policy validate --retry 0s,1s,1s,1s --app acme --endpoint main --json',
      ],
      'With a name: the given fields of that policy changed, beside the policy as it is.',
    ),
  )
    .argument('[policy]', 'name of a policy to change')
    .option('--app <application>', 'held against this application, by id or uid')
    .option('--endpoint <endpoint>', 'held against this endpoint of it, by id or uid')
    .action(async (name: string | undefined, flags: Flags) => {
      const api = apiFrom(flags);
      const known = name === undefined ? noTerms : await api.policy(name);
      const forecast = await api.validatePolicy({
        ...changedTerms(known, flags),
        name,
        appId: flags.app,
        endpointId: flags.endpoint,
      });
      if (flags.json === true) printResult(flags, forecast.whole, String);
      else printResult(flags, forecast, describeForecast);
    });
}
