import { createPayloadCheck, latestVersion } from '../contract/index.ts';
import { elementsAt, fault } from '../core/index.ts';
import { applyCorrection, parseCorrection, type Correction } from '../correction/index.ts';
import { schemaOf } from './contract.ts';
import type { EventType } from './records.ts';

/** A payload as another version has it, or why there is none. `detail` names fields, and never what is in them. */
export type Converted =
  | { readonly kind: 'converted'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** Makes a payload of one version from the payload as it was accepted. Pure. */
export type Conversion = (payload: string) => Converted;

/** A version's name goes out in a header: visible ASCII. */
const NAME = /^[\x21-\x7e]{1,64}$/;
/** Fields that are named where a payload does not follow its version. */
const MOST_NAMED = 3;

/** Whether endpoints can be pinned to a version of that name. */
export function isVersionName(version: string): boolean {
  return NAME.test(version);
}

export type ConversionBounds = {
  /** Of the result in UTF-8: what a message's payload may have. */
  readonly maxBytes: number;
  /** The version that payloads come in; the highest unless given, null for one that is not stored. */
  readonly inForce?: string | null | undefined;
};

/**
 * Prepares what makes payloads of a version: the conversion that its contract declares, where there is one and the
 * version is not itself in force; then the result must follow that version's schema, whatever the contract's mode.
 * Corrections apply one after the other; one whose conditions do not hold changes nothing.
 */
export function createConversion(
  { schemas, contract }: Pick<EventType, 'schemas' | 'contract'>,
  version: string,
  { maxBytes, inForce = latestVersion(schemas) }: ConversionBounds,
): Conversion {
  const schema = schemaOf(schemas, version);
  if (schema === undefined) {
    return () => failed(`The event type has no version "${version}".`);
  }
  const conversions = contract?.conversions ?? {};
  const declared = Object.hasOwn(conversions, version) ? conversions[version] : undefined;
  const corrections =
    declared === undefined || version === inForce ? [] : parseConversion(declared.declaration);
  const check = createPayloadCheck(schema, `schemas.${version}`);
  return (payload) => {
    let text = payload;
    for (const correction of corrections) {
      const corrected = applyCorrection(correction, text, { maxBytes });
      if (corrected.kind === 'corrected') ({ text } = corrected);
      else if (corrected.reason !== 'not_matched' && corrected.reason !== 'same') {
        const where = corrected.path === undefined ? '' : ` at ${corrected.path}`;
        return failed(
          `The conversion to version ${version} does not fit the payload: ${corrected.reason}${where}.`,
        );
      }
    }
    const problems = check.problems(text);
    if (problems.length === 0) return { kind: 'converted', text };
    const fields = [...new Set(problems.map(({ field }) => field))].slice(0, MOST_NAMED);
    return failed(
      `What was made for version ${version} does not follow it at ${fields.join(', ')}.`,
    );
  };
}

const MOST_CORRECTIONS = 16;

/**
 * Reads the corrections of a conversion from their JSON text, whose values are taken as they are written.
 * Throws `validation` naming the field, such as `corrections.0.operations.1.path`.
 */
export function parseConversion(json: string, field = 'corrections'): readonly Correction[] {
  const corrections = json.startsWith('[')
    ? Array.from(elementsAt(json, 0), ({ start, end }) => json.slice(start, end))
    : [];
  if (corrections.length === 0 || corrections.length > MOST_CORRECTIONS) {
    const detail = `A conversion is a list of 1 to ${MOST_CORRECTIONS} corrections.`;
    throw fault('validation', { field, detail });
  }
  return corrections.map((each, at) => parseCorrection(each, `${field}.${at}`));
}

function failed(detail: string): Converted {
  return { kind: 'failed', detail };
}
