import { createHash } from 'node:crypto';

/** The content security policy of a page that loads nothing and runs nothing: its own style sheet, by its hash. */
export function pagePolicy(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
