/** What was done to deliveries, by its kind. */
export const actTitles: Readonly<Record<string, string>> = {
  replay: 'Replay',
  redrive: 'Redrive',
  cancel: 'Cancellation',
  heal: 'Healing by the audit',
  correct: 'Corrected replay',
};
