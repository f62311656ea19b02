import { assertNever } from '../../core/index.ts';
import type { IncidentFacts } from '../facts.ts';
import type { StoryPart } from '../text/parts.ts';
import { fillFirst, sinceText, type Filled } from './fill.ts';
import type { Gap, Narrative, StoryForm } from './narrative.ts';
import { linkNumbers, type SourceStretch } from './numbers.ts';
import { principles } from './principles.ts';
import { circlesSlots, starSlots, type Slot } from './slots.ts';

/** Titles of the parts, as headings have them. */
const titles: Readonly<Record<StoryPart, string>> = {
  situation: 'Situation',
  task: 'Task',
  action: 'Action',
  result: 'Result',
  reflection: 'Reflection',
  context: 'Context',
  impact: 'Impact',
  'root-cause': 'Contributing factors',
  'corrective-action': 'Corrective action',
  lessons: 'Lessons',
  summary: 'Summary',
};

/**
 * Tells an incident from its facts, in the form asked for. What no fact says is asked in `gaps` and never made up; every
 * number is linked to the fact that it came from. Pure.
 */
export function tell(form: StoryForm, facts: IncidentFacts): Narrative {
  switch (form) {
    case 'star':
      return fromSlots(form, starSlots, facts);
    case 'circles':
      return fromSlots(form, circlesSlots, facts);
    case 'timeline':
      return asTimeline(facts);
    default:
      return assertNever(form);
  }
}

function fromSlots(form: StoryForm, slots: readonly Slot[], facts: IncidentFacts): Narrative {
  const gaps: Gap[] = [];
  const page = new Page();
  let part: StoryPart | undefined;
  let hasMitigation = false;
  for (const slot of slots) {
    if (slot.part !== part) {
      ({ part } = slot);
      page.heading(titles[part]);
    }
    const filled = fillFirst(slot.say, facts);
    if (filled === undefined) {
      if (slot.ask !== undefined) gaps.push({ part, ask: slot.ask, signal: slot.signal });
      continue;
    }
    hasMitigation ||= filled.sources.some(({ fact }) => fact === 'mitigation');
    // A sentence without a fact only comments on the one before.
    if (filled.sources.length === 0 && !hasMitigation) continue;
    page.sentence(filled);
  }
  return page.narrative(form, gaps);
}

function asTimeline({ moments }: IncidentFacts): Narrative {
  const page = new Page();
  const [begin] = moments;
  for (const { at, kind, text, evidence } of moments) {
    const since = sinceText(at - (begin?.at ?? at));
    const { unknown, principle } = principles[kind];
    const said = `${since}: ${text.replace(/\.$/, '')}. Not known: ${unknown}. Principle: ${principle}.`;
    page.row({
      text: said,
      sources: [{ from: 0, to: since.length + 2 + text.length, fact: kind, evidence }],
    });
  }
  const wanted = ['detected', 'mitigated', 'fixed', 'prevented'] as const;
  const gaps = wanted
    .filter((kind) => !moments.some((moment) => moment.kind === kind))
    .map((kind): Gap => ({
      part: 'timeline',
      ask: `When was it ${kind}, and what was decided?`,
      signal: 'timeline',
    }));
  return page.narrative('timeline', gaps);
}

/** A text that grows, with the places of what it was made of. */
class Page {
  private text = '';
  private readonly sources: SourceStretch[] = [];
  private isFresh = true;

  heading(title: string): void {
    this.text += `${this.text === '' ? '' : '\n\n'}## ${title}\n\n`;
    this.isFresh = true;
  }

  sentence(filled: Filled): void {
    if (!this.isFresh) this.text += ' ';
    this.add(filled);
  }

  row(filled: Filled): void {
    if (this.text !== '') this.text += '\n\n';
    this.add(filled);
  }

  narrative(form: StoryForm, gaps: readonly Gap[]): Narrative {
    return { form, text: this.text, numbers: linkNumbers(this.text, this.sources), gaps };
  }

  private add({ text, sources }: Filled): void {
    const shift = this.text.length;
    for (const { from, to, ...source } of sources) {
      this.sources.push({ ...source, from: from + shift, to: to + shift });
    }
    this.text += text;
    this.isFresh = false;
  }
}
