import { fault } from '../../core/index.ts';
import { findSuspects, judgeHypothesis, presentEpisode } from '../../incident/index.ts';
import { ExplanationOut } from '../explanation-shapes.ts';
import { explanationView } from '../explanation-view.ts';
import { explainedBy } from '../incident-explained.ts';
import { JudgementOut } from '../incident-answer-shapes.ts';
import { JudgeIn, SuspectsOut, SuspectsQuery } from '../incident-cause-shapes.ts';
import { findIncident } from '../incident-resolve.ts';
import { incidentDetail } from '../incident-detail.ts';
import { movementView, suspectView } from '../incident-view.ts';
import { route } from '../route.ts';
import { changeIdOf } from './incident-move.route.ts';
import { INCIDENT_PATH } from './incident.route.ts';

const SUSPECTS = 10;
/** What was well before is what it is compared with. */
const BEFORE_MS = 3_600_000;

export const listSuspects = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/suspects`,
  operationId: 'v1.incident.list-suspects',
  summary:
    'List what changed in the 14 days before the impact, the likeliest cause first, with the counts that say why.',
  access: 'organization',
  query: SuspectsQuery,
  answers: { 200: SuspectsOut },
  async handle({ path, query, principal }, parts) {
    const { ledger, idText } = parts;
    const incident = await findIncident(parts, path('incident_id'));
    const suspects = (await findSuspects(incident, parts)).slice(0, query.limit ?? SUSPECTS);
    const changes = await ledger.changesOf({ ids: suspects.map(({ changeId }) => changeId) });
    const byId = new Map(changes.map((change) => [change.id, change]));
    const data = suspects.flatMap((suspect) => {
      const change = byId.get(suspect.changeId);
      if (change === undefined) return [];
      return [suspectView(suspect, change, idText, principal.scope === 'admin')];
    });
    return { status: 200, value: { data } };
  },
});

export const explainIncident = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/explanation`,
  operationId: 'v1.incident.get-explanation',
  summary:
    'Tell what the deliveries that failed have in common, from an hour before the impact until it was over.',
  access: 'organization',
  answers: { 200: ExplanationOut },
  async handle({ path }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    const { impactStart, mitigated } = presentEpisode(incident).markers;
    const explanation = await parts.explainer.explain({
      objective: await explainedBy(incident.slice, parts),
      fromAt: (impactStart?.at ?? incident.openedAt) - BEFORE_MS,
      ...(mitigated === undefined ? {} : { beforeAt: mitigated.at }),
    });
    return { status: 200, value: explanationView(explanation) };
  },
});

export const judge = route({
  method: 'POST',
  path: `${INCIDENT_PATH}/hypothesis/{hypothesis_id}/judge`,
  operationId: 'v1.incident.judge-hypothesis',
  summary:
    'Confirm a hypothesis, which takes that the SLI did move after the change that tests it; or refute it.',
  access: 'organization',
  body: JudgeIn,
  answers: { 200: JudgementOut },
  async handle({ path, body, by }, parts) {
    const { idText } = parts;
    const { state, verdict = '', testedBy = null } = body;
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    const hypothesisId = idText.parse('hypothesis', path('hypothesis_id'));
    if (hypothesisId === undefined) {
      throw fault('not_found', {
        field: 'hypothesis_id',
        detail: `No hypothesis has the id "${path('hypothesis_id')}".`,
      });
    }
    const { incident, movement } = await judgeHypothesis(parts, {
      incidentId,
      hypothesisId,
      state,
      verdict,
      testedBy: testedBy === null ? null : await changeIdOf(testedBy, 'testedBy', parts),
      actor: by().actor,
    });
    const value = {
      incident: await incidentDetail(incident, parts),
      movement: movement === null ? null : movementView(movement),
    };
    return { status: 200, value };
  },
});
