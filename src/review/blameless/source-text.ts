/**
 * Text that was taken out of a document, and where each part of it stands there: a paragraph without its markers, with
 * entities and escapes resolved.
 */
export class SourceText {
  text = '';
  /** Stretches of the text that are titles of links. */
  readonly links: { readonly from: number; readonly to: number }[] = [];
  /** Where each run of characters that stand side by side in both begins: in the text, in the document. */
  readonly #runs: { readonly from: number; readonly source: number }[] = [];

  /** Characters that stand in the document as they are, or one that stands for something else. */
  append(text: string, source: number): void {
    this.#runs.push({ from: this.text.length, source });
    this.text += text;
  }

  /**
   * The value of a node whose source reads otherwise: line breaks followed by indentation or `>`, escapes, entities. Both
   * are walked side by side, once.
   */
  appendResolved(value: string, document: string, from: number): void {
    const begin = this.text.length;
    let source = from;
    let shift: number | undefined;
    for (let at = 0; at < value.length; at += 1) {
      const character = value.charAt(at);
      source = sourceOf(character, document, source);
      if (shift !== source - at) {
        shift = source - at;
        this.#runs.push({ from: begin + at, source });
      }
      source = behind(character, document, source);
    }
    this.text += value;
  }

  /** Where a character of the text stands in the document. */
  sourceOf(at: number): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.from ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const run = this.#runs[low];
    return run === undefined ? at : run.source + (at - run.from);
  }
}

const LONGEST_ENTITY = 40;

/** The place of the next character, behind what Markdown took away before it. */
function sourceOf(character: string, document: string, from: number): number {
  let at = from;
  if (document[at] === '\\' && document[at + 1] === character && character !== '\\') return at + 1;
  while (document[at] !== character && /[ \t>\r]/.test(document[at] ?? '')) at += 1;
  return document[at] === character ? at : from;
}

function behind(character: string, document: string, at: number): number {
  if (document[at] === '&') {
    const end = document.slice(at, at + LONGEST_ENTITY).indexOf(';');
    const isEntity = character !== '&' || document.startsWith('&amp;', at);
    if (end > 1 && isEntity) return at + end + 1;
  }
  return document[at] === '\\' && character === '\\' && document[at + 1] === '\\' ? at + 2 : at + 1;
}
