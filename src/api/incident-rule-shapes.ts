import { Type } from 'typebox';
import { automaticMitigations } from '../change/index.ts';
import { routeMatch, routeMatchOut } from './alert-shapes.ts';
import { identifier } from './patterned.ts';

const mitigation = Type.Union(automaticMitigations.map((each) => Type.Literal(each)));
export const ruleName = identifier(64, 'payments-first');
const rule = {
  description: Type.Optional(Type.String({ maxLength: 4096 })),
  /** Rules are asked in rising order; the first that matches decides. 100, unless given. */
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  match: Type.Optional(routeMatch),
  /** false: what matches joins an incident that it belongs to, and opens none. */
  opens: Type.Optional(Type.Boolean()),
  /** What is done by itself as soon as an incident opens by it. */
  mitigations: Type.Optional(Type.Array(mitigation, { maxItems: 3, uniqueItems: true })),
};

export const IncidentRuleIn = Type.Object(
  { name: ruleName, ...rule },
  { additionalProperties: false },
);
export const IncidentRuleUpdate = Type.Object(rule, { additionalProperties: false });
export const IncidentRuleOut = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  position: Type.Integer(),
  match: routeMatchOut,
  opens: Type.Boolean(),
  mitigations: Type.Array(mitigation),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
});
