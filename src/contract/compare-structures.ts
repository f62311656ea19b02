import { largest, smallest, typesOf } from './facts.ts';
import type { Step } from './gap.ts';
import { member, pointerPart } from './json.ts';
import { compilePattern } from './linear-pattern.ts';
import { isSchema } from './subschemas.ts';
import {
  isAnything,
  itemView,
  listIn,
  longestPrefix,
  mapIn,
  otherPropertiesView,
  prefixOf,
  propertyNames,
  propertyView,
  requiredNames,
  restOf,
  viewOf,
} from './view.ts';

export function compareObjects(step: Step): void {
  const { given, wanted, path, walk } = step;
  if (!typesOf(given).has('object')) return;
  const required = requiredNames(given);
  for (const name of listIn(wanted, 'required')) {
    if (typeof name !== 'string' || required.has(name)) continue;
    walk.gap({
      path: `${path}/${pointerPart(name)}`,
      aspect: 'required',
      detail: '',
      given: false,
      wanted: true,
    });
  }
  compareProperties(step);
  comparePatternProperties(step);
  compareOtherProperties(step);
  const least = Math.max(required.size, largest(given, 'minProperties'));
  const { minProperties, maxProperties } = wanted;
  if (typeof minProperties === 'number' && minProperties > least) {
    const known = largest(given, 'minProperties');
    const detail = 'minProperties';
    walk.gap({ path, aspect: 'object size', detail, given: known, wanted: minProperties });
  }
  const isClosed = otherPropertiesView(given).isNever;
  const counted = isClosed ? propertyNames(given).length : Number.POSITIVE_INFINITY;
  const most = Math.min(counted, smallest(given, 'maxProperties'));
  if (typeof maxProperties === 'number' && maxProperties < most) {
    const known = smallest(given, 'maxProperties');
    const detail = 'maxProperties';
    walk.gap({ path, aspect: 'object size', detail, given: known, wanted: maxProperties });
  }
}

function compareProperties({ given, wanted, references, path, walk }: Step): void {
  for (const [name, schema] of Object.entries(mapIn(wanted, 'properties'))) {
    const wantedThere = viewOf(references, [schema]);
    const givenThere = propertyView(given, name);
    if (isAnything(wantedThere) || givenThere.isNever) continue;
    const there = `${path}/${pointerPart(name)}`;
    if (isAnything(givenThere)) {
      walk.gap({ path: there, aspect: 'property', detail: '', given: undefined, wanted: schema });
    } else walk.place(givenThere, wantedThere, there);
  }
}

function comparePatternProperties({ given, wanted, references, path, walk }: Step): void {
  for (const [pattern, schema] of Object.entries(mapIn(wanted, 'patternProperties'))) {
    const wantedThere = viewOf(references, [schema]);
    if (isAnything(wantedThere)) continue;
    const { isMatch } = compilePattern(pattern);
    for (const name of propertyNames(given).filter(isMatch)) {
      const there = propertyView(given, name);
      if (!there.isNever) walk.place(there, wantedThere, `${path}/${pointerPart(name)}`);
    }
    if (otherPropertiesView(given).isNever) continue;
    const same = given.objects.map((object) => member(mapIn(object, 'patternProperties'), pattern));
    const schemas = same.filter(isSchema);
    if (schemas.length > 0) {
      walk.place(viewOf(given.references, schemas), wantedThere, `${path}/*`);
      continue;
    }
    walk.gap({
      path: `${path}/*`,
      aspect: 'undecided',
      detail: `patternProperties ${pattern}`,
      given: undefined,
      wanted: schema,
    });
  }
}

function compareOtherProperties({ given, wanted, references, path, walk }: Step): void {
  const others = member(wanted, 'additionalProperties');
  if (!isSchema(others)) return;
  const wantedThere = viewOf(references, [others]);
  if (isAnything(wantedThere)) return;
  const named = new Set(Object.keys(mapIn(wanted, 'properties')));
  const patterns = Object.keys(mapIn(wanted, 'patternProperties'));
  const isNamed = (name: string): boolean =>
    named.has(name) || patterns.some((pattern) => compilePattern(pattern).isMatch(name));
  for (const name of propertyNames(given)) {
    if (isNamed(name)) continue;
    const there = propertyView(given, name);
    if (there.isNever) continue;
    const place = `${path}/${pointerPart(name)}`;
    if (wantedThere.isNever) {
      const schema = given.objects
        .map((one) => member(mapIn(one, 'properties'), name))
        .find(isSchema);
      walk.gap({
        path: place,
        aspect: 'known property',
        detail: '',
        given: schema,
        wanted: undefined,
      });
    } else walk.place(there, wantedThere, place);
  }
  const rest = otherPropertiesView(given, patterns);
  if (rest.isNever) return;
  if (isAnything(rest) || wantedThere.isNever) {
    const said = given.objects.map((one) => member(one, 'additionalProperties')).find(isSchema);
    walk.gap({ path, aspect: 'other properties', detail: '', given: said, wanted: others });
  } else walk.place(rest, wantedThere, `${path}/*`);
}

export function compareArrays({ given, wanted, references, path, walk }: Step): void {
  if (!typesOf(given).has('array')) return;
  const { minItems, maxItems, uniqueItems } = wanted;
  const most = smallest(given, 'maxItems');
  if (typeof minItems === 'number' && minItems > Math.max(0, largest(given, 'minItems'))) {
    const known = largest(given, 'minItems');
    walk.gap({ path, aspect: 'array size', detail: 'minItems', given: known, wanted: minItems });
  }
  if (typeof maxItems === 'number' && maxItems < most) {
    walk.gap({ path, aspect: 'array size', detail: 'maxItems', given: most, wanted: maxItems });
  }
  if (uniqueItems === true && !given.objects.some((one) => one['uniqueItems'] === true)) {
    walk.gap({ path, aspect: 'unique items', detail: '', given: false, wanted: true });
  }
  const prefix = prefixOf(wanted);
  const compareAt = (index: number, schema: unknown, there: string): void => {
    if (index >= most || !isSchema(schema)) return;
    const wantedThere = viewOf(references, [schema]);
    const givenThere = itemView(given, index);
    if (isAnything(wantedThere) || givenThere.isNever) return;
    if (isAnything(givenThere) && !wantedThere.isNever) {
      walk.gap({ path: there, aspect: 'items', detail: '', given: undefined, wanted: schema });
    } else walk.place(givenThere, wantedThere, there);
  };
  prefix.forEach((schema, index) => compareAt(index, schema, `${path}/${index}`));
  const rest = restOf(wanted);
  const last = longestPrefix(given);
  for (let index = prefix.length; index < last; index += 1) {
    compareAt(index, rest, `${path}/${index}`);
  }
  compareAt(Math.max(prefix.length, last), rest, `${path}/*`);
}
