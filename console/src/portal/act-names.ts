/** What was done to deliveries, by its kind. */
export const actNames: Readonly<Record<string, string>> = {
  replay: 'Replay',
  redrive: 'Sent again',
  cancel: 'Cancellation',
  heal: 'Found and sent',
  correct: 'Corrected and sent',
};
