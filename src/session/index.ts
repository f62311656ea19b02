export { createFailedTries, type FailedTries } from './failed-tries.ts';
export { nextPath } from './next-path.ts';
export { createOpenId, type OpenId } from './open-id.ts';
export {
  createSessions,
  SIGN_IN_MS,
  type Opening,
  type Session,
  type Sessions,
} from './session.ts';
export { signInRules, type SignInRules } from './sign-in-rules.ts';
