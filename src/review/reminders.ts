import { oneLineOf, sayDuration, sayMoment } from './say.ts';
import { isOverdue, type ActionItem } from './action-item.ts';
import { DAY_MS, type IncidentNotice } from '../slo/index.ts';
import type { Incident } from '../incident/index.ts';

/** An overdue item is reminded of once a day at most, for as long as it is open. */
export function isReminderDue(item: ActionItem, now: number): boolean {
  return isOverdue(item, now) && (item.remindedAt === null || now - item.remindedAt >= DAY_MS);
}

/**
 * Who hears of it: its owner, the next day the incident's lead, and so by turns: one word a day, and no item that the
 * lead never hears of. null: there is nobody.
 */
export function remindedOwner(
  { owner, reminders }: Pick<ActionItem, 'owner' | 'reminders'>,
  incident: Pick<Incident, 'owner' | 'roles'>,
): string | null {
  const lead = incident.roles.lead ?? incident.owner;
  const [first, second] = reminders % 2 === 0 ? [owner, lead] : [lead, owner];
  const name = first === '' ? second : first;
  return name === '' ? null : name;
}

/** What its owner is told; in the incident's thread, as a ticket: nobody is woken for it. */
export function reminderNotice(
  item: ActionItem,
  incident: Incident,
  owner: string,
  now: number,
): IncidentNotice {
  const late = item.dueAt === null ? '' : sayDuration(now - item.dueAt);
  const due = item.dueAt === null ? '' : ` It was due ${sayMoment(item.dueAt)}, ${late} ago.`;
  const whose =
    item.owner === '' ? 'Nobody owns it yet.' : `Its owner is ${oneLineOf(item.owner)}.`;
  return {
    id: incident.id,
    cause: 'due',
    title: `Overdue: ${oneLineOf(item.text)}`.slice(0, 300),
    text: `An action item (${item.type}) of "${oneLineOf(incident.title)}" is overdue.${due} ${whose} Done when: ${item.end === '' ? 'not said yet' : oneLineOf(item.end)}.`,
    severity: 'ticket',
    incidentSeverity: incident.severity,
    owner,
    consumers: [],
    openedAt: incident.openedAt,
    hasAlerts: true,
  };
}
