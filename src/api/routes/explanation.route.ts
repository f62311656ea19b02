import { fault } from '../../core/index.ts';
import { explainAlert } from '../../slo/index.ts';
import { ExplanationOut, ExplanationQuery } from '../explanation-shapes.ts';
import { explanationView } from '../explanation-view.ts';
import { momentOf } from '../moment.ts';
import { route } from '../route.ts';

export const explainObjective = route({
  method: 'GET',
  path: '/api/v1/objective/{objective_name}/explanation',
  operationId: 'v1.objective.get-explanation',
  summary:
    'Tell what the bad outcomes of an objective have in common, ranked: endpoint, host, resolved address, certificate chain, change in force, canary arm, application, event type, policy, labels; and how they fail.',
  access: 'organization',
  query: ExplanationQuery,
  answers: { 200: ExplanationOut },
  async handle({ path, query }, { configuration, explainer }) {
    const name = path('objective_name');
    const objective = await configuration.objectives.byName(name);
    if (objective === null) {
      throw fault('not_found', {
        field: 'objective_name',
        detail: `No objective is named "${name}".`,
      });
    }
    const fromAt = query.from === undefined ? undefined : momentOf(query.from, 'from');
    const beforeAt = query.to === undefined ? undefined : momentOf(query.to, 'to');
    if (fromAt !== undefined && beforeAt !== undefined && fromAt > beforeAt) {
      throw fault('validation', { field: 'from', detail: '"from" is after "to".' });
    }
    const explanation = await explainer.explain({
      objective,
      ...(fromAt === undefined ? {} : { fromAt }),
      ...(beforeAt === undefined ? {} : { beforeAt }),
    });
    return { status: 200, value: explanationView(explanation) };
  },
});

export const getAlertExplanation = route({
  method: 'GET',
  path: '/api/v1/alert/{alert_id}/explanation',
  operationId: 'v1.alert.get-explanation',
  summary:
    'Tell what explains an alert, from an hour before it fired until it was resolved; of one endpoint, against the others of its application.',
  access: 'organization',
  answers: { 200: ExplanationOut },
  async handle({ path }, { alerts, configuration, explainer, idText }) {
    const id = idText.parse('alert', path('alert_id'));
    const alert = id === undefined ? null : await alerts.byId(id);
    if (alert === null) throw fault('not_found', { field: 'alert_id' });
    const explanation = await explainAlert(alert, { configuration, explainer, idText });
    if (explanation !== null) return { status: 200, value: explanationView(explanation) };
    throw fault('not_found', {
      field: 'alert_id',
      detail: 'This alert is not about outcomes of deliveries, or its objective is gone.',
    });
  },
});
