import type { Listening } from './holdfast-process.ts';

/** The few calls that prepare a measurement. Loads send their messages by themselves. */
export async function createApplication(at: Listening, name: string): Promise<string> {
  return post(at, '/api/v1/app', { name, uid: name });
}

export async function createEndpoint(
  at: Listening,
  application: string,
  endpoint: { readonly url: string; readonly secret: string; readonly uid?: string },
): Promise<string> {
  return post(at, `/api/v1/app/${application}/endpoint`, endpoint);
}

async function post({ url, token }: Listening, path: string, body: object): Promise<string> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
  const { id } = JSON.parse(text) as { readonly id: string }; // every resource has one
  return id;
}
