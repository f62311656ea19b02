import type { ReactNode } from 'react';
import { Page, useView } from '../ui/index.ts';
import { ApplicationStep } from './application-step.tsx';
import { EndpointStep } from './endpoint-step.tsx';
import { MessageStep } from './message-step.tsx';
import { ResultStep } from './result-step.tsx';

const usual = { app: '', endpoint: '', message: '' } as const;

/** From nothing to a delivered message in four steps, each of which does the real thing. What is done stands in the address. */
export function FirstDeliveryPage(): ReactNode {
  const [view, setView] = useView(usual);
  const { app, endpoint, message } = view;
  return (
    <Page
      title="First delivery"
      lead="Four steps, two minutes: a customer, where they receive, a message, and how it arrives. Each step does the real thing, and can be copied as a curl command."
    >
      <ApplicationStep
        app={app}
        onChosen={(id) => setView({ app: id, endpoint: '', message: '' })}
      />
      <EndpointStep
        app={app}
        endpoint={endpoint}
        onChosen={(id) => setView({ endpoint: id, message: '' })}
      />
      <MessageStep
        app={app}
        isReady={endpoint !== ''}
        message={message}
        onSent={(id) => setView({ message: id })}
      />
      <ResultStep app={app} message={message} />
    </Page>
  );
}
