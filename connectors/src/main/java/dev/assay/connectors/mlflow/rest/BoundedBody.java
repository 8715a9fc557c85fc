package dev.assay.connectors.mlflow.rest;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** Ends a reply that has more bytes than it may. */
final class BoundedBody<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> body;
  private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
  private final boolean cuts;
  private long left; // onNext is called by one thread at a time, in order

  private BoundedBody(BodySubscriber<T> body, long maxBytes, boolean cuts) {
    this.body = body;
    this.left = maxBytes;
    this.cuts = cuts;
  }

  /** A reply with more than {@code maxBytes} fails with {@link TooLarge}. */
  static <T> BoundedBody<T> refusing(BodySubscriber<T> body, long maxBytes) {
    return new BoundedBody<>(body, maxBytes, false);
  }

  /** Of a reply with more than {@code maxBytes} the beginning counts. */
  static <T> BoundedBody<T> cutting(BodySubscriber<T> body, long maxBytes) {
    return new BoundedBody<>(body, maxBytes, true);
  }

  /** There were too many bytes; a type of its own tells that from a lost line. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.set(given);
    body.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    if (left < 0) {
      return;
    }
    for (ByteBuffer item : items) {
      left -= item.remaining();
    }
    if (left < 0) {
      subscription.get().cancel();
      if (cuts) {
        body.onComplete();
      } else {
        body.onError(new TooLarge());
      }
    } else {
      body.onNext(items);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    if (left >= 0) {
      body.onError(thrown);
    }
  }

  @Override
  public void onComplete() {
    if (left >= 0) {
      body.onComplete();
    }
  }
}
