import { Field, type FieldRow } from './field.ts';
import type { DriftFinding, DriftKind } from './finding.ts';
import { DriftFindings, type KeptFindings } from './findings.ts';
import { Labels } from './labels.ts';
import type { Suspects } from './suspects.ts';

/** Fields of one event type; those that come later are not looked at. */
const MOST_FIELDS = 200;
const DEEPEST = 8;
/** An object with more different keys than this is a map. */
const MOST_KEYS = 64;
/** Elements of an array that are looked at, others with each message. */
const MOST_ELEMENTS = 3;
/** Values of one message. Where there are more, nothing is said about what is missing from it. */
const MOST_VALUES = 2000;
const LONGEST_VALUE = 100;
/** A field not seen for so many messages is forgotten. */
const FORGET_AFTER = 8192;
const TIDY_EVERY = 256;

/** Unharmed traffic of an event type is to raise at most one alarm in so many messages. */
const MESSAGES_PER_ALARM = 1000;

const CURRENCY = /^[A-Za-z]{3}$/;

export type DriftMessage = {
  readonly id: number;
  readonly payload: unknown;
};

export type DriftField = {
  readonly field: string;
  readonly types: readonly string[];
  /** The share of messages with it, of those that have the object around it. */
  readonly share: number;
  /** By currency and sign; the name is empty where there is neither. Percentiles to two digits, without sign. */
  readonly magnitudes: readonly {
    readonly name: string;
    readonly known: number;
    readonly p5: number;
    readonly p50: number;
    readonly p95: number;
  }[];
  /** The values of an enumeration; null: it is none. */
  readonly values: readonly string[] | null;
  readonly isIgnored: boolean;
};

/**
 * What is remembered of one event type's payloads, and what changed in them. Memory is bounded whatever is sent: 200
 * fields, each a few hundred bytes, a few kilobytes where its numbers span thirty decades or its values are many.
 *
 * Alarms that chance raises share a budget of one in `MESSAGES_PER_ALARM` messages: half for magnitudes, half for all
 * else, divided among what is judged (the union bound). So more fields ask for more evidence.
 */
export class EventTypeDrift {
  #root = new Field('', null);
  #fields: Field[] = [];
  #findings = new DriftFindings();
  #ignored: ReadonlySet<string> = new Set();
  #looked = 0;
  #values = 0;
  #bars = { magnitudes: Infinity, others: Infinity };
  #new: DriftFinding[] = [];

  get looked(): number {
    return this.#looked;
  }

  get fields(): number {
    return this.#fields.length;
  }

  get findings(): readonly DriftFinding[] {
    return this.#findings.all;
  }

  get ignored(): readonly string[] {
    return [...this.#ignored];
  }

  /** Looks at a payload, as JSON.parse gives it; resolves to what it settles that was not known. */
  look(message: DriftMessage): readonly DriftFinding[] {
    this.#looked += 1;
    this.#values = 0;
    this.#new = [];
    if (this.#looked % TIDY_EVERY === 1) this.#tidy();
    this.#visit(this.#root, message.payload, message.id, '', 0);
    if (this.#values <= MOST_VALUES) this.#findMissing(message.id);
    return this.#new;
  }

  /** This is how it is from now on. Resolves to the finding; null: there is none. */
  accept(id: number): DriftFinding | null {
    const known = this.findings.find((finding) => finding.id === id);
    if (known === undefined) return null;
    const field = this.#fields.find((one) => one.path() === known.field);
    switch (known.kind) {
      case 'shift':
        for (const magnitudes of field?.magnitudes.values() ?? []) magnitudes.accept();
        field?.shift.evidence.reset();
        break;
      case 'vanished':
        field?.presence.accept();
        break;
      case 'new_value':
        field?.texts?.accept();
        break;
      default:
        field?.types.accept();
    }
    return this.#findings.replace({ ...known, state: 'accepted' });
  }

  /** Fields, by their names as in findings, that raise no finding. What is below them raises none either. */
  ignore(fields: readonly string[]): void {
    this.#ignored = new Set(fields);
  }

  summary(): readonly DriftField[] {
    return this.#fields.map((field) => ({
      field: field.path(),
      types: field.types.values(),
      share: field.presence.share(),
      magnitudes: [...field.magnitudes].map(([name, kept]) => ({ name, ...kept.summary() })),
      values: field.texts === null || field.texts.isOpen ? null : field.texts.values(),
      isIgnored: this.#isIgnored(field),
    }));
  }

  toJson(): string {
    const kept: Kept = {
      looked: this.#looked,
      ignored: [...this.#ignored],
      ...this.#findings.kept(),
      root: this.#root.toRow(),
    };
    return JSON.stringify(kept);
  }

  /** Throws where the text is not what `toJson` wrote. */
  static fromJson(text: string): EventTypeDrift {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own writing, read back from the ledger
    const kept = JSON.parse(text) as Kept;
    const made = new EventTypeDrift();
    made.#looked = kept.looked;
    made.#ignored = new Set(kept.ignored);
    made.#findings = DriftFindings.from(kept);
    made.#root = Field.fromRow(kept.root, null);
    made.#list();
    made.#setBars();
    return made;
  }

  #visit(field: Field, value: unknown, messageId: number, currency: string, depth: number): void {
    this.#values += 1;
    if (this.#values > MOST_VALUES) return;
    const isFirst = field.seenNth !== this.#looked;
    field.seenNth = this.#looked;
    if (isFirst) this.#judgeType(field, value, messageId);
    if (typeof value === 'number') {
      if (isFirst && value !== 0) this.#judgeNumber(field, value, messageId, currency);
    } else if (typeof value === 'string') {
      if (isFirst) this.#judgeText(field, value, messageId);
    } else if (Array.isArray(value)) {
      if (depth < DEEPEST) this.#visitElements(field, value, messageId, currency, depth);
    } else if (typeof value === 'object' && value !== null && depth < DEEPEST && !field.isMap) {
      this.#visitMembers(field, value, messageId, currency, depth);
    }
  }

  #visitElements(
    field: Field,
    value: readonly unknown[],
    messageId: number,
    currency: string,
    depth: number,
  ): void {
    if (value.length === 0) return;
    field.filledNth = this.#looked;
    const child = this.#child(field, '[]');
    if (child === null) return;
    const from = this.#looked % value.length;
    for (let index = 0; index < Math.min(MOST_ELEMENTS, value.length); index += 1) {
      this.#visit(child, value[(from + index) % value.length], messageId, currency, depth + 1);
    }
  }

  #visitMembers(
    field: Field,
    value: object,
    messageId: number,
    currency: string,
    depth: number,
  ): void {
    const names = Object.keys(value);
    if (names.length > MOST_KEYS) {
      this.#makeMap(field);
      return;
    }
    field.filledNth = this.#looked;
    const within = currencyOf(value) ?? currency;
    for (const name of names) {
      const child = this.#child(field, name);
      if (child === null) {
        if (field.isMap) return;
        continue;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an own member, whatever it is
      const member = (value as Readonly<Record<string, unknown>>)[name];
      this.#visit(child, member, messageId, within, depth + 1);
    }
  }

  /** Null: there is no room for it. */
  #child(field: Field, name: string): Field | null {
    const known = field.children.get(name);
    if (known !== undefined) return known;
    if (this.#fields.length >= MOST_FIELDS || name.length > LONGEST_VALUE) return null;
    if (field.children.size >= MOST_KEYS) {
      this.#makeMap(field);
      return null;
    }
    const made = new Field(name, field);
    field.children.set(name, made);
    this.#fields.push(made);
    return made;
  }

  #makeMap(field: Field): void {
    field.isMap = true;
    field.children.clear();
    this.#list();
  }

  #judgeType(field: Field, value: unknown, messageId: number): void {
    const type = typeOf(value);
    const judged = field.types.see(type);
    if (judged === null || !judged.isNew) return;
    const suspects = field.suspects(`type ${type}`);
    suspects.add(this.#looked, { messageId, value: shortened(value) });
    if (judged.evidence < this.#bars.others || field.types.recently(type) < 2) return;
    field.types.rearm();
    this.#found('type_changed', field, suspects, judged.evidence, { value: type });
  }

  #judgeText(field: Field, value: string, messageId: number): void {
    field.texts ??= new Labels();
    const judged = field.texts.see(value);
    if (judged === null || !judged.isNew) return;
    const suspects = field.suspects(`text ${value}`);
    suspects.add(this.#looked, { messageId, value });
    // Different new values, each seen once, are a set that grows, as of names.
    if (judged.evidence < this.#bars.others || field.texts.recently(value) < 2) return;
    field.texts.rearm();
    this.#found('new_value', field, suspects, judged.evidence, { value });
  }

  #judgeNumber(field: Field, value: number, messageId: number, currency: string): void {
    if (!Number.isFinite(value)) return;
    const ratios = field.ratios(value, currency);
    if (ratios === null) return;
    const { evidence, factor, moved } = field.shift.see(value, ratios);
    if (moved === null) return;
    const suspects = field.suspects(moved);
    suspects.add(this.#looked, { messageId, value });
    if (evidence < this.#bars.magnitudes || factor > 1 !== (moved === 'up')) return;
    field.shift.evidence.reset();
    this.#found('shift', field, suspects, evidence, { factor });
  }

  #findMissing(messageId: number): void {
    for (const field of this.#fields) {
      if (field.parent === null || field.parent.filledNth !== this.#looked) continue;
      const isPresent = field.seenNth === this.#looked;
      const evidence = field.presence.see(isPresent);
      if (isPresent) {
        if (!field.presence.isUsual) field.suspects('absent').clear();
        continue;
      }
      const suspects = field.suspects('absent');
      suspects.add(this.#looked, { messageId, value: null });
      if (evidence < this.#bars.others) continue;
      field.presence.rearm();
      this.#found('vanished', field, suspects, evidence, {});
    }
  }

  #found(
    kind: DriftKind,
    field: Field,
    suspects: Suspects,
    evidence: number,
    what: { readonly factor?: number; readonly value?: string },
  ): void {
    const { factor = null, value = null } = what;
    if (this.#isIgnored(field)) {
      suspects.clear();
      return;
    }
    const bar = kind === 'shift' ? this.#bars.magnitudes : this.#bars.others;
    const oncePerMessages = Math.round((MESSAGES_PER_ALARM * evidence) / bar);
    const found = { kind, field: field.path(), factor, value, oncePerMessages };
    const finding = this.#findings.add(found, suspects, this.#looked);
    if (finding !== null) this.#new.push(finding);
  }

  #isIgnored(field: Field): boolean {
    if (this.#ignored.size === 0) return false;
    for (let at: Field | null = field; at !== null; at = at.parent) {
      if (this.#ignored.has(at.path())) return true;
    }
    return false;
  }

  /** Forgets fields that are gone, settles findings that are over, and shares out the budget of alarms. */
  #tidy(): void {
    const oldest = this.#looked - FORGET_AFTER;
    for (const field of this.#fields) {
      if (field.seenNth < oldest) field.parent?.children.delete(field.name);
    }
    this.#list();
    this.#findings.settle(this.#looked);
    this.#setBars();
  }

  #setBars(): void {
    let magnitudes = 0;
    let others = 0;
    for (const field of this.#fields) {
      const [ofMagnitudes, ofOthers] = field.judged();
      magnitudes += ofMagnitudes;
      others += ofOthers;
    }
    this.#bars = {
      magnitudes: 2 * MESSAGES_PER_ALARM * Math.max(1, magnitudes),
      others: 2 * MESSAGES_PER_ALARM * Math.max(1, others),
    };
  }

  #list(): void {
    this.#fields = [];
    const pending = [this.#root];
    for (let field = pending.pop(); field !== undefined; field = pending.pop()) {
      for (const child of field.children.values()) {
        this.#fields.push(child);
        pending.push(child);
      }
    }
  }
}

/** ISO 4217's code beside an amount: amounts of different currencies are of different magnitudes. */
function currencyOf(value: object): string | null {
  const code: unknown = 'currency' in value ? value.currency : null;
  return typeof code === 'string' && CURRENCY.test(code) ? code.toUpperCase() : null;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function shortened(value: unknown): string | number | null {
  if (typeof value === 'number' || value === null) return value;
  const text = typeof value === 'string' ? value : typeOf(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

type Kept = KeptFindings & {
  readonly looked: number;
  readonly ignored: readonly string[];
  readonly root: FieldRow;
};
