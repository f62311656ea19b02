import { partOf } from '../text/parts.ts';
import type { Narrative } from './narrative.ts';

/** A narrative's text for whoever goes on with it: what is asked stands in the parts that no fact fills. Pure. */
export function withGaps({ text, gaps }: Pick<Narrative, 'text' | 'gaps'>): string {
  const asked = Map.groupBy(gaps, ({ part }) => part);
  const parts = text.split(/^(?=## )/m).map((section) => {
    const end = section.indexOf('\n');
    const title = end === -1 ? section : section.slice(0, end);
    if (!title.startsWith('## ') || (end !== -1 && section.slice(end).trim() !== '')) {
      return section;
    }
    const part = partOf(title.slice(3));
    const asks = part === undefined ? [] : (asked.get(part) ?? []);
    const said = asks.length === 0 ? ['Nothing on record.'] : asks.map(({ ask }) => ask);
    return `${title}\n\n*To say: ${said.join(' ')}*\n\n`;
  });
  return parts.join('').trimEnd();
}
