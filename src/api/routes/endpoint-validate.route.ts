import { EXPIRY_WARNING_MS, type Reachability } from '../../delivery/index.ts';
import { momentText } from '../moment.ts';
import type { ApiParts } from '../parts.ts';
import { EndpointValidateOut } from '../policy-shapes.ts';
import { route } from '../route.ts';
import { EndpointIn } from '../endpoint-shapes.ts';
import { assertDraft } from './endpoint.route.ts';

export const validateEndpoint = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/validate',
  operationId: 'v1.endpoint.validate',
  summary:
    'Check an endpoint before it is made: its fields, and whether its URL is reached. Connects, posts nothing, changes nothing.',
  access: 'portal',
  keepsKey: true, // it changes nothing: asked again it looks again
  body: EndpointIn,
  answers: { 200: EndpointValidateOut },
  async handle({ body, application }, parts) {
    const { id } = await application();
    const url = new URL(await assertDraft(body, parts));
    const reached = await parts.checkReachability(url, id);
    return { status: 200, value: reachabilityView(url, reached, parts) };
  },
});

function reachabilityView(url: URL, reached: Reachability, { clock }: ApiParts): object {
  const { isReachable, dnsMs, connectMs, tlsMs, failedPhase, outcome, detail } = reached;
  const { certificate } = reached;
  const warnings: string[] = [];
  if (url.protocol === 'http:') {
    warnings.push('The URL is http: payloads and signatures go over the network in the clear.');
  }
  if (certificate !== null && certificate.expiresAt - clock.now() < EXPIRY_WARNING_MS) {
    warnings.push(`Its certificate expires ${momentText(certificate.expiresAt)}.`);
  }
  return {
    url: url.href,
    isReachable,
    phases: { dnsMs, connectMs, tlsMs },
    failedPhase,
    outcome,
    detail,
    certificate:
      certificate === null
        ? null
        : { ...certificate, expiresAt: momentText(certificate.expiresAt) },
    warnings,
  };
}
