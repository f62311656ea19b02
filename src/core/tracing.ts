import {
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';

/**
 * Spans through OpenTelemetry's API: whoever starts the service with an SDK gets them, and without one they cost next
 * to nothing. A trace is named by W3C's traceparent (www.w3.org/TR/trace-context), as that is what a message can keep
 * until its attempts.
 */
export type Traced = {
  /** The span, for what comes after it; the parent's where nothing traces; null where there is none. */
  readonly traceparent: string | null;
  /** @param failure what went wrong, if it did. */
  end(failure: string | null, attributes?: Attributes): void;
};

const tracer = trace.getTracer('holdfast');
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

export function beginSpan(
  name: string,
  kind: keyof typeof kinds,
  parent: string | null,
  attributes: () => Attributes,
): Traced {
  const context =
    parent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  const span = tracer.startSpan(name, { kind: kinds[kind] }, context);
  if (!trace.isSpanContextValid(span.spanContext())) return untraced(parent);
  if (span.isRecording()) span.setAttributes(attributes());
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(context, span), carrier);
  return {
    traceparent: carrier.traceparent ?? parent,
    end(failure, more) {
      if (more !== undefined) span.setAttributes(more);
      if (failure !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}

const none: Traced = { traceparent: null, end() {} };

function untraced(parent: string | null): Traced {
  return parent === null ? none : { traceparent: parent, end() {} };
}

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A request's traceparent; null where there is none, or it is not one of version 00: a bad one is ignored. */
export function parseTraceparent(header: string | readonly string[] | undefined): string | null {
  return typeof header === 'string' && TRACEPARENT.test(header) ? header : null;
}
