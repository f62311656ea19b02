import type { IncidentFacts } from '../facts.ts';
import type { SourceStretch } from './numbers.ts';

/** A filled template, and which stretches of it come from which fact. */
export type Filled = { readonly text: string; readonly sources: readonly SourceStretch[] };

const PLACE = /\{([\w.:-]+)\}/g;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Known = { readonly text: string; readonly evidence: string };

/** The first template of which all is known, filled; undefined where there is none. */
export function fillFirst(templates: readonly string[], facts: IncidentFacts): Filled | undefined {
  for (const template of templates) {
    const filled = fill(template, facts);
    if (filled !== undefined) return filled;
  }
  return undefined;
}

function fill(template: string, facts: IncidentFacts): Filled | undefined {
  const sources: SourceStretch[] = [];
  const [begin] = facts.moments;
  if (template.includes('T+0') && begin === undefined) return undefined;
  let text = '';
  let at = 0;
  for (const { 0: place, 1: name = '', index } of template.matchAll(PLACE)) {
    const known = knownOf(name, facts);
    if (known === undefined) return undefined;
    text += template.slice(at, index);
    const said = withoutStop(text === '' ? upperFirst(known.text) : known.text);
    sources.push({
      from: text.length,
      to: text.length + said.length,
      fact: name,
      evidence: known.evidence,
    });
    text += said;
    at = index + place.length;
  }
  text += template.slice(at);
  const zero = text.indexOf('T+0');
  if (zero !== -1 && begin !== undefined) {
    sources.push({ from: zero, to: zero + 3, fact: begin.kind, evidence: begin.evidence });
  }
  return { text, sources };
}

function knownOf(name: string, facts: IncidentFacts): Known | undefined {
  const [begin] = facts.moments;
  if (name.startsWith('T:')) {
    const moment = facts.moments.find(({ kind }) => kind === name.slice(2));
    return begin === undefined || moment === undefined
      ? undefined
      : { text: sinceText(moment.at - begin.at), evidence: moment.evidence };
  }
  if (name === 'began.clock') {
    return begin === undefined
      ? undefined
      : { text: `${new Date(begin.at).toISOString().slice(11, 16)} UTC`, evidence: begin.evidence };
  }
  return facts.facts.find((fact) => fact.name === name);
}

/** `T+5`, in minutes below two hours, then in hours, from a day on in days. */
export function sinceText(ms: number): string {
  if (ms < MINUTE_MS) return ms === 0 ? 'T+0' : `T+${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `T+${Math.round(ms / MINUTE_MS)}`;
  if (ms < DAY_MS) return `T+${Math.round(ms / HOUR_MS)} h`;
  return `T+${Math.round(ms / DAY_MS)} d`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
