import type { DatabaseSync } from 'node:sqlite';
import type { PolicyUser, PolicyUsersQuery } from '../../contract/resources.ts';
import { integer, text, textOrNull } from '../rows.ts';

/**
 * Who refers to a policy, by `resource_policy`, which holds those alone: of one policy the first few, or every
 * application of all policies.
 */
export function preparePolicyUsers(
  database: DatabaseSync,
): (request: PolicyUsersQuery) => readonly PolicyUser[] {
  const field = "json_extract(doc, '$.policy')";
  const select = `SELECT kind, id, app_id, uid, ${field} AS policy FROM resource INDEXED BY resource_policy`;
  const ofPolicy = database.prepare(
    `${select} WHERE kind = ? AND ${field} = ? AND ${field} IS NOT NULL LIMIT ?`,
  );
  const all = database.prepare(`${select} WHERE kind = ? AND ${field} IS NOT NULL LIMIT ?`);
  return ({ kind, policy, limit }) => {
    const rows = policy === undefined ? all.all(kind, limit) : ofPolicy.all(kind, policy, limit);
    return rows.map((row) => ({
      kind,
      id: integer(row, 'id'),
      appId: integer(row, 'app_id'),
      uid: textOrNull(row, 'uid'),
      policy: text(row, 'policy'),
    }));
  };
}
