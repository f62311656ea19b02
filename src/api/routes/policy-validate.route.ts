import { Type } from 'typebox';
import { svgPlot } from '../../core/index.ts';
import {
  formatSchedule,
  planOf,
  simulationAssumptions,
  type RetryPolicy,
} from '../../retry/index.ts';
import { momentText } from '../moment.ts';
import { forecastPolicy } from '../policy-forecast.ts';
import { PolicyValidateIn, PolicyValidateOut } from '../policy-shapes.ts';
import { forecastPanels, loadView, sceneView, STEP_MINUTES } from '../policy-view.ts';
import { route } from '../route.ts';
import { termsOf } from './policy.route.ts';

/** As much of a schedule as a title has place for. */
function shortSchedule({ delaysMs }: RetryPolicy): string {
  const text = formatSchedule(delaysMs);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const SVG_TYPE = 'image/svg+xml';

export const validatePolicy = route({
  method: 'POST',
  path: '/api/v1/policy/validate',
  operationId: 'v1.policy.validate',
  summary:
    'Check a policy and simulate what it would do to traffic, beside what is in force; changes nothing. plot=svg draws it.',
  access: 'organization',
  changesNothing: true,
  alsoAnswers: SVG_TYPE,
  query: Type.Object({ plot: Type.Optional(Type.Literal('svg')) }),
  body: PolicyValidateIn,
  answers: { 200: PolicyValidateOut },
  async handle({ body, query, principal }, parts) {
    const { name, appId, endpointId, load, ...given } = body;
    const place = { name, appId, endpointId };
    const made = await forecastPolicy(termsOf(given, parts), place, principal, parts);
    const { present, candidate, forecast } = made;
    if (query.plot === 'svg') {
      const { hours, panels } = forecastPanels(forecast);
      const plot = svgPlot({
        title: 'Attempts under a policy',
        subtitle: `${shortSchedule(candidate.retry)} beside ${shortSchedule(present.retry)}`,
        x: { label: 'hours', values: hours },
        panels,
      });
      return { status: 200, text: plot, type: `${SVG_TYPE}; charset=utf-8` };
    }
    const value = {
      basis: made.basis,
      since: momentText(made.fromAt),
      sampledMinutes: made.sampledMinutes,
      stepMinutes: STEP_MINUTES,
      warnings: forecast.warnings,
      assumptions: simulationAssumptions,
      present: { inForce: present, plan: planOf(present.retry) },
      candidate: { inForce: candidate, plan: planOf(candidate.retry) },
      day: sceneView(forecast.day),
      outage: sceneView(forecast.outage),
      load:
        load === undefined
          ? null
          : { present: loadView(present, load), candidate: loadView(candidate, load) },
    };
    return { status: 200, value };
  },
});
