import type { ActFilter, Attempt, Delivery, DeliveryState, Message } from '../records.ts';
import type { Page } from './paging.ts';

export type MessageReads = {
  message(id: number): Promise<Message | null>;
  messageByEventId(request: {
    readonly appId: number;
    readonly eventId: string;
  }): Promise<Message | null>;
  messages(
    request: { readonly appId: number; readonly filter?: MessageFilter } & Page,
  ): Promise<readonly Message[]>;
  deliveriesOf(messageId: number): Promise<readonly Delivery[]>;
  /** Every attempt of a message that has ended, the newest first. */
  attemptsOf(messageId: number): Promise<readonly Attempt[]>;
  attemptsTo(
    request: { readonly endpointId: number; readonly filter?: AttemptFilter } & Page,
  ): Promise<readonly Attempt[]>;
  /** Messages that were attempted at an endpoint, by their first attempt there; `afterId` is a message's id. */
  attemptedMessages(request: AttemptedMessagesQuery): Promise<readonly AttemptedMessage[]>;
  /** Deliveries of an endpoint by state, of messages with ids in [fromId, beforeId). */
  endpointStats(request: EndpointStatsRequest): Promise<Readonly<Record<DeliveryState, number>>>;
  deadLetters(request: DeadLetterQuery): Promise<readonly DeadLetter[]>;
};

export type MessageFilter = {
  readonly eventTypes?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  readonly tag?: string | undefined;
  /** Message ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type AttemptFilter = Omit<MessageFilter, 'fromId' | 'beforeId'> & {
  readonly isDelivered?: boolean | undefined;
  /** 200 is 200 to 299; 0 is no status at all. */
  readonly codeClass?: number | undefined;
  /** Attempt ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type AttemptedMessagesQuery = Page & {
  readonly endpointId: number;
  readonly filter: MessageFilter & { readonly states?: readonly DeliveryState[] | undefined };
};

export type AttemptedMessage = { readonly message: Message; readonly delivery: Delivery };

export type EndpointStatsRequest = {
  readonly endpointId: number;
  readonly fromId: number;
  readonly beforeId: number;
};

export type DeadLetterQuery = Page & {
  readonly appId: number;
  readonly filter: ActFilter;
};

export type DeadLetter = Delivery & {
  readonly eventType: string;
  readonly lastOutcome: string | null;
  readonly lastStatusCode: number | null;
};
