import { atOnce } from './at-once.ts';
import { differing, isEmpty } from './differing.ts';
import { importEndpoints } from './endpoints.ts';
import {
  AT_ONCE,
  faultOfOne,
  metadataOf,
  NOTE,
  rateOf,
  tallied,
  type ImportParts,
} from './parts.ts';
import type { ApplicationRecord } from './records.ts';
import type { Result, Subject } from './tally.ts';

/** The application in the copy; `id` is null where a dry run would have made it. */
type Copied = { readonly id: string | null; readonly result: Result };

/** All applications, each with its endpoints. */
export async function importApplications(parts: ImportParts): Promise<void> {
  const { source, target, tally } = parts;
  const notedIds = await target.notedApplications(({ metadata }) => metadata[NOTE]);
  for await (const page of source.applications()) {
    await atOnce(page, AT_ONCE, (each) => {
      const { id, uid } = 'item' in each ? each.item : { id: each.name, uid: null };
      const subject = { kind: 'applications', id, uid, application: null } as const;
      return tallied(parts, subject, async () => {
        if ('invalid' in each) throw each.invalid;
        const copied = await importOne(parts, subject, notedIds, each.item);
        tally.add('applications', copied.result);
        try {
          const isNew = copied.result === 'copied';
          await importEndpoints(parts, each.item, { id: copied.id, isNew });
        } catch (thrown) {
          tally.lack(subject, 'endpoints', faultOfOne(thrown));
        }
      });
    });
  }
}

async function importOne(
  parts: ImportParts,
  subject: Subject,
  notedIds: Map<string, string>,
  application: ApplicationRecord,
): Promise<Copied> {
  const { target, tally, isDryRun } = parts;
  const { id, uid, name, throttleRate, signatureHeaders } = application;
  const wanted = {
    name,
    metadata: metadataOf(application),
    throttleRate: rateOf(tally, subject, throttleRate),
    // What a user gives the copy beside what the source has stays.
    ...(uid === null ? {} : { uid }),
    ...(signatureHeaders === null ? {} : { signatureHeaders }),
  };
  const present = await presentOf(parts, notedIds, application);
  if (present !== null) {
    const change = differing(wanted, present);
    if (isEmpty(change)) return { id: present.id, result: 'equal' };
    if (!isDryRun) await target.patchApplication(present.id, change);
    return { id: present.id, result: 'updated' };
  }
  if (isDryRun) return { id: null, result: 'copied' };
  const given = { signatureHeaders: parts.signatureHeaders, ...wanted };
  const made = await target.createApplication(given, id);
  notedIds.set(id, made);
  return { id: made, result: 'copied' };
}

/** By its uid; by the note of an earlier import where it has none, or had none then. */
async function presentOf(
  { target }: ImportParts,
  notedIds: ReadonlyMap<string, string>,
  { id, uid }: ApplicationRecord,
): Promise<ApplicationRecord | null> {
  const byUid = uid === null ? null : await target.application(uid);
  const notedId = notedIds.get(id);
  return byUid ?? (notedId === undefined ? null : target.application(notedId));
}
