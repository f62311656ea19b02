import { draftUpdate, nextUpdateAt } from '../../incident/index.ts';
import { findIncident } from '../incident-resolve.ts';
import { UpdateDraftOut } from '../incident-move-shapes.ts';
import { momentText } from '../moment.ts';
import { route } from '../route.ts';
import { INCIDENT_PATH } from './incident.route.ts';

export const draftOfUpdate = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/update/draft`,
  operationId: 'v1.incident.draft-update',
  summary:
    'Draft an update from the facts: one text for responders, and one for the owners of endpoints. Nothing is told.',
  access: 'organization',
  answers: { 200: UpdateDraftOut },
  async handle({ path }, parts) {
    const { clock, settings } = parts;
    const incident = await findIncident(parts, path('incident_id'));
    const now = clock.now();
    const updateMs = settings.incidentUpdateMinutes * 60_000;
    const nextDueAt = nextUpdateAt(incident, undefined, now, updateMs);
    const value = {
      ...draftUpdate({ ...incident, updateDueAt: nextDueAt }, now),
      nextDueAt: nextDueAt === null ? null : momentText(nextDueAt),
    };
    return { status: 200, value };
  },
});
