export { root } from './root.tsx';
export {
  useMay,
  useSession,
  useSessionContext,
  SessionProvider,
  type Session,
} from './session.tsx';
