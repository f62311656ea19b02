import { openSecrets, sealSecrets, type Endpoint } from '../../change/index.ts';
import { generateSecret, parseSecret, rotate } from '../../signature/index.ts';
import { findEndpoint } from '../resolve.ts';
import { route } from '../route.ts';
import { EndpointSecretOut, EndpointSecretRotateIn } from '../endpoint-shapes.ts';

const DEFAULT_GRACE_SECONDS = 86_400;

export const getEndpointSecret = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret',
  operationId: 'v1.endpoint.get-secret',
  summary: 'Get the secret that the receiver verifies signatures with.',
  access: 'portal',
  answers: { 200: EndpointSecretOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const { current } = openSecrets(endpoint.secrets, parts.sealer);
    // The private half of a key pair never leaves; the receiver needs the public one.
    return {
      status: 200,
      value: { key: current.kind === 'asymmetric' ? current.publicKey.text : current.text },
    };
  },
});

export const rotateEndpointSecret = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret/rotate',
  operationId: 'v1.endpoint.rotate-secret',
  summary: 'Give an endpoint a new secret; the old one signs alongside for the grace period.',
  access: 'portal',
  body: EndpointSecretRotateIn,
  answers: { 204: null },
  async handle({ path, body, application, by }, parts) {
    const { sealer, random, clock, configuration } = parts;
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const key = body.key ?? null;
    const next = key === null ? generateSecret(random) : parseSecret(key);
    const overlapMs = (body.gracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
    const renewed = (known: Endpoint): Endpoint => {
      const secrets = rotate(openSecrets(known.secrets, sealer), next, clock.now(), overlapMs);
      return { ...known, secrets: sealSecrets(secrets, sealer) };
    };
    await configuration.endpoints.update(endpoint, renewed, by());
    return { status: 204 };
  },
});
