export {
  alertSeverities,
  alertStates,
  type Alert,
  type AlertFinding,
  type AlertSeverity,
  type AlertState,
} from './alerts/alert.ts';
export { MOST_ALERTING } from './alerts/alerting.ts';
export { alertOf, createAlerts, type AlertFigures, type Alerts } from './alerts/alerts.ts';
export { problemOf } from './alerts/local-time.ts';
export { alertEventKinds } from './alerts/state.ts';
export { checkNotifier } from './notify/notifier.ts';
