package io.tollgate.rpc.internal;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tollgate.rpc.RpcCall;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call: its answer carries the request id, and its end is told once. */
final class ServedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> CLIENT_REQUEST_ID =
      Metadata.Key.of("x-client-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private final RpcCall call;
  private final CallEnd end;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean headersSent;

  /** Hears how a call ended. */
  interface CallEnd {
    void ended(Status status);
  }

  ServedCall(ServerCall<Q, R> delegate, RpcCall call, CallEnd end) {
    super(delegate);
    this.call = call;
    this.end = end;
  }

  RpcCall call() {
    return call;
  }

  boolean hasEnded() {
    return ended.get();
  }

  @Override
  public void sendHeaders(Metadata headers) {
    headersSent = true;
    super.sendHeaders(withIds(headers));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (tell(status)) {
      super.close(status, headersSent ? trailers : withIds(trailers));
    }
  }

  /** The caller went away, or its deadline passed. */
  void cancelled() {
    Deadline deadline = Context.current().getDeadline();
    tell(deadline != null && deadline.isExpired() ? Status.DEADLINE_EXCEEDED : Status.CANCELLED);
  }

  private boolean tell(Status status) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    end.ended(status);
    return true;
  }

  private Metadata withIds(Metadata metadata) {
    metadata.put(REQUEST_ID, call.id().toString());
    call.clientId().ifPresent(id -> metadata.put(CLIENT_REQUEST_ID, id));
    return metadata;
  }
}
