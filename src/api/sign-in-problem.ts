import { escapeMarkup } from '../core/index.ts';
import { pagePolicy } from './page-policy.ts';

const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem}
h1{font-size:1.4rem}`;

/** What a person sees who could not sign in: why, and the way back. */
export function signInProblemHtml(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not signed in · Holdfast</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>You are not signed in</h1>
<p>${escapeMarkup(sentence)}</p>
<p><a href="/console/">Back to signing in</a></p>
</main>
</body>
</html>
`;
}

export function signInProblemPolicy(): string {
  return pagePolicy(STYLE);
}
