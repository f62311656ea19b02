import type { Verdict } from '../drill.ts';
import { incidentOf } from '../incident-record.ts';
import { at, listAt, momentAt, textAt, type Json } from '../json.ts';
import { payment } from '../payments.ts';
import type { Scene } from '../scene.ts';
import type { Lesson } from './lesson.ts';

const MINUTE_MS = 60_000;
/** From here on the messages of the time after are numbered. */
const AFTER_NUMBERS = 50_000_000;
/** At each application, so that the SLI can tell that it holds. */
const PER_SECOND = 0.4;
/** An impact is over once the SLI held for five minutes, and a condition may take longer to go away. */
const LONGEST_WAIT_MS = 25 * MINUTE_MS;
/** A hypothesis is judged by what was seen in the minutes after the change that tests it. */
const SEEN_MS = 6 * MINUTE_MS;
const OWNER = 'delivery team';
const DUE_MS = 14 * 86_400_000;
const PACE = 60;

/**
 * What follows the play, as those who handled it would do it, over the API alone: the cause removed, mitigations taken
 * back, the hypothesis judged, a fix and a prevention on record, and an action item that is verified. Opens the incident
 * by hand where no alert did. Resolves to the incident's id; nothing is sent any more by then.
 */
export async function takeToReview(
  scene: Scene,
  drill: string,
  lesson: Lesson,
  { faultAt, detectedAt, mitigatedAt, checks }: Verdict,
): Promise<string> {
  if (faultAt === null) {
    throw new Error(`nothing was broken in ${drill}: there is no incident to review`);
  }
  const { api, clock, random } = scene;
  clock.pace(PACE);
  const reviewAt = clock.now();
  const known = await incidentOf(scene.record, faultAt);
  const id = known?.id ?? (await openByHand(scene, lesson, faultAt, detectedAt));
  const path = `/incident/${id}`;
  const read = (): Promise<Json> => api.get(path);
  await api.post(`${path}/role`, { role: 'lead', who: 'on-call engineer' });
  await api.post(`${path}/acknowledge`, { note: 'The on-call engineer looks after it.' });
  const draft = await api.get(`${path}/update/draft`);
  const [responders, owners] = [textAt(draft, 'responders'), textAt(draft, 'owners')];
  await api.post(`${path}/update`, { responders, owners });
  for (const app of await api.list('/app', 50)) {
    const draft = (nth: number) => payment(random, AFTER_NUMBERS + nth);
    scene.traffic({ app: textAt(app, 'id'), perSecond: PER_SECOND, draft });
  }
  for (const open of listAt(await read(), 'hypotheses')) {
    if (textAt(open, 'state') !== 'open') continue;
    await api.post(`${path}/hypothesis/${textAt(open, 'id')}/judge`, {
      state: 'refuted',
      verdict: lesson.refutation ?? 'Nothing bears it out.',
    });
  }
  const changeId = await lesson.mend(scene, faultAt);
  const mendedAt = clock.now();
  // What nothing measures a person has to say.
  const { over } = lesson;
  if (known === null || (await reaches(scene, id, 'mitigated')) === null) {
    await api.post(`${path}/marker`, {
      marker: 'mitigated',
      at: textOf(mitigatedAt ?? reviewAt),
      note: over ?? 'No delivery has failed since.',
    });
  }
  await judgeCause(scene, id, lesson, changeId);
  await takeBack(scene, id);
  await api.post(`${path}/fix`, {
    text: lesson.fix,
    ...(changeId === '' ? { inForceAt: textOf(mitigatedAt ?? reviewAt) } : { changeId }),
  });
  await api.post(`${path}/prevention`, { text: lesson.prevention });
  await lesson.guard?.(scene);
  await addItem(scene, drill, id, lesson, checks);
  if (known === null || (await reaches(scene, id, 'fixed')) === null) {
    await api.post(`${path}/marker`, {
      marker: 'fixed',
      at: textOf(mendedAt),
      note: 'Deliveries have gone through since the fix, as the responders saw.',
    });
  }
  await scene.settle();
  // The impact is reckoned again once what was late is known.
  await scene.wait(2 * MINUTE_MS);
  return id;
}

async function openByHand(
  { api, clock }: Scene,
  { title, endpoint }: Lesson,
  faultAt: number,
  detectedAt: number | null,
): Promise<string> {
  const incident = await api.post('/incident', {
    title,
    slice: { endpointIds: [endpoint] },
    impactStartAt: textOf(faultAt),
    detectedAt: textOf(detectedAt ?? clock.now()),
    detectedBy: detectedAt === null ? 'person' : 'system',
  });
  return textAt(incident, 'id');
}

/** Mitigations are taken back; a revert of a change that was the cause is how things are. */
async function takeBack({ api }: Scene, id: string): Promise<void> {
  for (const each of listAt(await api.get(`/incident/${id}`), 'mitigations')) {
    if (momentAt(each, 'undoneAt') !== null) continue;
    const path = `/incident/${id}/mitigation/${textAt(each, 'id')}`;
    const isRevert = textAt(each, 'kind').startsWith('revert');
    const status = isRevert ? null : (await api.call('POST', `${path}/undo`, {})).status;
    if (status !== null && status < 300) continue;
    await api.post(`${path}/keep`, { reason: 'What it changed is how things are from now on.' });
  }
}

function textOf(at: number): string {
  return new Date(at).toISOString();
}

/** When a marker was set; null: not within the longest wait. */
function reaches(scene: Scene, id: string, marker: string): Promise<number | null> {
  return scene.within(LONGEST_WAIT_MS, async () => {
    const incident = await scene.record.incident(id);
    const episodes = listAt(incident, 'episodes');
    return momentAt(episodes.at(-1), 'markers', marker, 'at');
  });
}

/** The cause as a hypothesis, confirmed by the first change after which the SLI moved; open where none moved it. */
async function judgeCause(
  scene: Scene,
  id: string,
  { cause, refutedBy }: Lesson,
  mended: string,
): Promise<void> {
  const { api } = scene;
  const path = `/incident/${id}/hypothesis`;
  const stated = await api.post(path, { cause, metric: 'first-attempt', refutedBy });
  const hypothesis = textAt(listAt(stated, 'hypotheses').at(-1), 'id');
  await scene.wait(SEEN_MS);
  const mitigations = listAt(await api.get(`/incident/${id}`), 'mitigations');
  const changes = [
    ...mitigations.flatMap((each) => listAt(each, 'changeIds').map((change) => textAt(change))),
    mended,
  ];
  for (const testedBy of new Set(changes.filter((change) => change !== ''))) {
    const { status } = await api.call('POST', `${path}/${hypothesis}/judge`, {
      state: 'confirmed',
      verdict: 'Deliveries went through once that was changed.',
      testedBy,
    });
    if (status < 300) return;
  }
}

/** With an owner and a date; verified here where the service can, otherwise by the drill itself. */
async function addItem(
  { api, clock }: Scene,
  drill: string,
  id: string,
  { item }: Lesson,
  checks: Verdict['checks'],
): Promise<void> {
  const { text, end, verification = { kind: 'drill', name: drill } } = item;
  const added = await api.post(`/incident/${id}/action`, {
    type: 'prevent',
    text,
    end,
    owner: OWNER,
    dueAt: textOf(clock.now() + DUE_MS),
    verification,
  });
  const path = `/action/${textAt(added, 'id')}`;
  if (at(verification, 'kind') !== 'drill') {
    await api.post(`${path}/verify`, {});
    return;
  }
  const missed = checks.filter(({ isShown }) => !isShown);
  const isHeld = missed.length === 0;
  const told = isHeld
    ? 'all that it must show was shown'
    : `not shown: ${missed.map(({ mustShow }) => mustShow).join('; ')}`;
  await api.post(`${path}/result`, { isHeld, text: `Drill ${drill}: ${told}.` });
}
