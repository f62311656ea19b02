import { oneLine } from './one-line.ts';
import type { OfferAnswer } from './mitigation-answers.ts';
import { hanging } from './wrap-text.ts';

/** What would stop the impact, with all that one weighs before one tries it. */
export function describeMenu(offers: readonly OfferAnswer[], incident: string): string {
  if (offers.length === 0) {
    return 'Nothing on the menu makes sense now: no failures are counted, or all is done.';
  }
  const shown = offers.map((offer, nth) => {
    const { title, does, because, cost, costs, takes, risk, undo, interactions, target } = offer;
    const head = `${String(nth + 1).padStart(2)}. `;
    return [
      hanging(head, `${oneLine(title)} (cost ${cost} of 5)`),
      hanging('    why    ', oneLine(because)),
      hanging('    does   ', oneLine(does)),
      hanging('    costs  ', oneLine(costs)),
      hanging('    takes  ', oneLine(takes)),
      hanging('    risk   ', oneLine(risk)),
      hanging('    undo   ', oneLine(undo)),
      ...interactions.map(({ verdict, text }) =>
        hanging(verdict === 'refuse' ? '    NOT NOW  ' : '    CAREFUL  ', oneLine(text)),
      ),
      hanging('    on     ', oneLine(JSON.stringify(target))),
    ].join('\n');
  });
  return [...shown, `holdfast incident mitigate ${incident} NUMBER`].join('\n\n');
}
