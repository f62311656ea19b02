import { Labels, type LabelsRow } from './labels.ts';
import { Magnitudes, ShiftEvidence, type MagnitudesRow } from './magnitudes.ts';
import { Presence, type PresenceRow } from './presence.ts';
import { Suspects } from './suspects.ts';

/** Magnitudes of one field: of all, and by currency, each sign apart; further ones share one. */
const MOST_SCALES = 8;
/** With fewer values a currency is judged by what is known of all. */
const LEAST_OF_CURRENCY = 500;
const MOST_SUSPECTED = 16;
const OTHER = '*';

/** What is remembered of one field: a node of the tree that payloads of an event type make. */
export class Field {
  readonly name: string;
  readonly parent: Field | null;
  readonly children = new Map<string, Field>();
  /** Its keys are data, not names: nothing below it is looked at. */
  isMap = false;
  /** The last message that had it, and the last that had something in it. */
  seenNth = 0;
  filledNth = 0;
  readonly presence: Presence;
  readonly types: Labels;
  texts: Labels | null;
  /** By currency ('' for all), those of numbers below 0 under the name with a minus. */
  readonly magnitudes: Map<string, Magnitudes>;
  readonly shift = new ShiftEvidence();
  readonly #suspects = new Map<string, Suspects>();

  constructor(
    name: string,
    parent: Field | null,
    presence = new Presence(),
    types = new Labels(),
    texts: Labels | null = null,
    magnitudes = new Map<string, Magnitudes>(),
  ) {
    this.name = name;
    this.parent = parent;
    this.presence = presence;
    this.types = types;
    this.texts = texts;
    this.magnitudes = magnitudes;
  }

  path(): string {
    const { name, parent } = this;
    if (parent === null) return '';
    const before = parent.path();
    if (name === '[]') return `${before}[]`;
    if (!/^[\w-]+$/.test(name)) return `${before}[${JSON.stringify(name)}]`;
    return before === '' ? name : `${before}.${name}`;
  }

  /** How much likelier a number other than 0 is if it was moved, for each of the shifts; null: too little is known. */
  ratios(value: number, currency: string): readonly number[] | null {
    const sign = value < 0 ? '-' : '';
    const ofAll = this.#scale(sign).see(Math.abs(value));
    if (currency === '') return ofAll;
    const own = this.#scale(currency + sign);
    const isKnown = own.known >= LEAST_OF_CURRENCY;
    const ratios = own.see(Math.abs(value));
    return isKnown ? ratios : ofAll;
  }

  #scale(wanted: string): Magnitudes {
    const known = this.magnitudes.get(wanted);
    if (known !== undefined) return known;
    const name = this.magnitudes.size < MOST_SCALES ? wanted : OTHER;
    const made = this.magnitudes.get(name) ?? new Magnitudes();
    this.magnitudes.set(name, made);
    return made;
  }

  suspects(of: string): Suspects {
    const known = this.#suspects.get(of);
    if (known !== undefined) return known;
    if (this.#suspects.size >= MOST_SUSPECTED) this.#suspects.clear();
    const made = new Suspects();
    this.#suspects.set(of, made);
    return made;
  }

  /** How many things are judged of it: magnitudes, and all else. */
  judged(): readonly [magnitudes: number, others: number] {
    const texts = this.texts === null || this.texts.isOpen ? 0 : 1;
    return [this.magnitudes.size === 0 ? 0 : 1, 2 + texts];
  }

  toRow(): FieldRow {
    return [
      this.name,
      this.isMap ? 1 : 0,
      this.seenNth,
      this.presence.toRow(),
      this.types.toRow(),
      this.texts === null ? 0 : this.texts.toRow(),
      [...this.magnitudes].map(([name, magnitudes]) => [name, magnitudes.toRow()]),
      this.shift.evidence.toRow(),
      [...this.children.values()].map((child) => child.toRow()),
    ];
  }

  static fromRow(row: FieldRow, parent: Field | null): Field {
    const [name, isMap, seenNth, presence, types, texts, magnitudes, shift, children] = row;
    const made = new Field(
      name,
      parent,
      Presence.fromRow(presence),
      Labels.fromRow(types),
      texts === 0 ? null : Labels.fromRow(texts),
      new Map(magnitudes.map(([scale, kept]) => [scale, Magnitudes.fromRow(kept)])),
    );
    made.shift.evidence.restore(shift);
    made.isMap = isMap === 1;
    made.seenNth = seenNth;
    for (const child of children) made.children.set(child[0], Field.fromRow(child, made));
    return made;
  }
}

export type FieldRow = readonly [
  name: string,
  isMap: 0 | 1,
  seenNth: number,
  presence: PresenceRow,
  types: LabelsRow,
  texts: LabelsRow | 0,
  magnitudes: readonly (readonly [name: string, magnitudes: MagnitudesRow])[],
  shift: readonly number[],
  children: readonly FieldRow[],
];
