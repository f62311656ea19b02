export { useMay, useSession, type Session } from './session.tsx';
