import type { Command } from 'commander';
import { apiFrom } from './client-options.ts';
import { findIncidentId } from './find-incident.ts';
import { forIncident, type IncidentFlags } from './incident-flags.ts';
import { writeResult } from './write-result.ts';

/** An incident as a drill file, read back before it is written: what is written can be played. */
export function incidentExportDrillCommand(): Command {
  return forIncident('export-drill', 'write an incident as a drill that can be played again', [
    '4xKq > half-failover.json',
    '4xKq --out test/drills/half-failover.json',
  ])
    .option('--out <file>', 'a file instead of standard output')
    .action(async (incident: string, flags: IncidentFlags & { readonly out?: string }) => {
      // Loaded here alone: it brings half of the service with it.
      const { readDrillFile } = await import('../review/index.ts');
      const api = apiFrom(flags);
      const answer = await api.drillFile(await findIncidentId(api, incident));
      const text = `${JSON.stringify(answer, null, 2)}\n`;
      readDrillFile(text);
      writeResult(text, flags.out);
    });
}
