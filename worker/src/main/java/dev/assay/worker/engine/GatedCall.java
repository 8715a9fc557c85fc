package dev.assay.worker.engine;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unary call that is let through, changed, answered in another way or refused once its request is
 * known.
 */
final class GatedCall<Q, R> extends ClientCall<Q, R> {
  private final MethodDescriptor<Q, R> method;
  private final CallOptions options;
  private final Channel next;
  private final Gate gate;

  /** What was asked for before the request was known; replayed on the call that is made then. */
  private final List<Runnable> early = new ArrayList<>();

  /**
   * Null until the request is known, and for ever if it is refused. gRPC calls are used by one
   * thread at a time.
   */
  private @Nullable ClientCall<?, ?> made;

  private @Nullable Listener<R> listener;
  private Metadata headers = new Metadata();

  GatedCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next, Gate gate) {
    this.method = method;
    this.options = options;
    this.next = next;
    this.gate = gate;
  }

  @Override
  public void start(Listener<R> startedListener, Metadata startedHeaders) {
    listener = startedListener;
    headers = startedHeaders;
  }

  @Override
  public void request(int messages) {
    if (made == null) {
      early.add(() -> request(messages));
    } else {
      made.request(messages);
    }
  }

  @Override
  public void sendMessage(Q request) {
    Listener<R> started = started();
    switch (gate.decide(request)) {
      case Gate.Decision.Pass(Object passed) -> {
        @SuppressWarnings("unchecked") // a gate gives back a request of the type it was given
        Q sent = (Q) passed;
        make(method, sent, new Observing<>(started, gate, sent));
      }
      case Gate.Decision.Instead<?, ?> instead -> makeInstead(instead, started);
      case Gate.Decision.Refuse(Status status) -> started.onClose(status, new Metadata());
    }
  }

  private Listener<R> started() {
    if (listener == null) {
      throw new IllegalStateException("a message was sent on a call that was not started");
    }
    return listener;
  }

  private <Q2, R2> void makeInstead(Gate.Decision.Instead<Q2, R2> instead, Listener<R> started) {
    @SuppressWarnings(
        "unchecked") // a gate answers with the reply type of the method it was asked about
    R reply = (R) instead.reply();
    make(instead.method(), instead.request(), new Substituting<R2, R>(started, reply));
  }

  private <Q2, R2> void make(
      MethodDescriptor<Q2, R2> madeMethod, Q2 request, Listener<R2> madeListener) {
    ClientCall<Q2, R2> call = next.newCall(madeMethod, options);
    made = call;
    call.start(madeListener, headers);
    early.forEach(Runnable::run);
    call.sendMessage(request);
  }

  @Override
  public void halfClose() {
    Optional.<ClientCall<?, ?>>ofNullable(made).ifPresent(ClientCall::halfClose);
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    if (made != null) {
      made.cancel(message, cause);
    } else if (listener != null) {
      listener.onClose(Status.CANCELLED.withDescription(message).withCause(cause), new Metadata());
    }
  }

  /** Shows replies and ends to the gate on their way back. */
  private static final class Observing<Q, R>
      extends ForwardingClientCallListener.SimpleForwardingClientCallListener<R> {
    private final Gate gate;
    private final Q request;

    Observing(Listener<R> delegate, Gate gate, Q request) {
      super(delegate);
      this.gate = gate;
      this.request = request;
    }

    @Override
    public void onMessage(R reply) {
      gate.answered(request, reply);
      super.onMessage(reply);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        gate.failed(request);
      }
      super.onClose(status, trailers);
    }
  }

  /** Answers with a prepared reply when another method has answered. */
  private static final class Substituting<R2, R> extends Listener<R2> {
    private final Listener<R> delegate;
    private final R reply;

    Substituting(Listener<R> delegate, R reply) {
      this.delegate = delegate;
      this.reply = reply;
    }

    @Override
    public void onHeaders(Metadata received) {
      delegate.onHeaders(received);
    }

    @Override
    public void onMessage(R2 other) {
      delegate.onMessage(reply);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      delegate.onClose(status, trailers);
    }
  }
}
