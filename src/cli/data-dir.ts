import { environmentName, settingTable } from '../core/index.ts';

/** The folder of the ledger on this machine: --data, or what `serve` would take. */
export function dataDirFrom(
  flag: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return flag ?? environment[environmentName('dataDir')] ?? settingTable.dataDir.fallback;
}
