import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { createRoot } from 'react-dom/client';

const holder = document.querySelector('#root');
if (holder === null) throw new Error('the page has no place for the console');
// Two applications of one build: each loads its own code only.
const { App } = location.pathname.startsWith('/portal')
  ? await import('./portal/app.tsx')
  : await import('./shell/app.tsx');
createRoot(holder).render(<App />);
