package io.tollgate.rpc.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.rpc.RpcCall;
import io.tollgate.rpc.RpcConfig.CallLog;
import io.tollgate.telemetry.FinishedSpan;
import io.tollgate.telemetry.RequestTrace;
import io.tollgate.telemetry.Tracing;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What every call has in common: an id, its turn, the status that stands for what its method threw,
 * its meters and its line in the log. Metadata is never logged, as it holds tokens.
 */
final class EveryCall implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(EveryCall.class);
  private static final Logger ACCESS = LoggerFactory.getLogger("io.tollgate.rpc.access");

  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  /** Asked every few seconds by whoever watches; begins no trace. */
  private static final String HEALTH = "grpc.health.v1.Health/";

  private final CallIds ids;
  private final Tracing tracing;
  private final CallTurns turns;
  private final Executor methods;
  private final CallMeters meters;
  private final CallLog log;

  /**
   * @param methods runs the methods that are asked once, each in its turn; all else runs on the
   *     thread that reads the connection
   */
  EveryCall(
      CallIds ids,
      Tracing tracing,
      CallTurns turns,
      Executor methods,
      CallMeters meters,
      CallLog log) {
    this.ids = ids;
    this.tracing = tracing;
    this.turns = turns;
    this.methods = methods;
    this.meters = meters;
    this.log = log;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> given, Metadata metadata, ServerCallHandler<Q, R> next) {
    long arrivedNanos = System.nanoTime();
    String method = given.getMethodDescriptor().getFullMethodName();
    ChargeId id = ids.create();
    RpcCall call =
        new RpcCall(
            id,
            CallIds.ofCaller(metadata),
            metadata,
            remote(given),
            trace(id, method, metadata, arrivedNanos));
    meters.began();
    ServedCall<Q, R> served =
        new ServedCall<>(given, call, status -> ended(call, method, status, arrivedNanos));
    Context context = call.in(Context.current());
    ServerCall.Listener<Q> inner = Contexts.interceptCall(context, served, metadata, next);
    // a stream goes on for as long as it likes; only what is asked once takes a turn
    boolean once = given.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY;
    return new Turned<>(inner, served, once);
  }

  private Optional<RequestTrace> trace(
      ChargeId id, String method, Metadata metadata, long arrivedNanos) {
    String traceparent = metadata.get(TRACEPARENT);
    return traceparent == null && method.startsWith(HEALTH)
        ? Optional.empty()
        : tracing.begin(id.value(), ids.clock().instant(), arrivedNanos, traceparent);
  }

  private static String remote(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "";
  }

  private void ended(RpcCall call, String method, Status status, long arrivedNanos) {
    long nanos = System.nanoTime() - arrivedNanos;
    meters.ended(method, status.getCode(), nanos);
    if (call.trace().isPresent() && call.trace().get().recorded()) {
      traced(call, call.trace().get(), method, status, arrivedNanos + nanos);
    }
    boolean shown =
        switch (log) {
          case ALL -> true;
          case FAILED -> !status.isOk();
          case NONE -> false;
        };
    if (shown) {
      call.addTo(ACCESS.atInfo())
          .addKeyValue("client_request_id", call.clientId().orElse(""))
          .addKeyValue("method", method)
          .addKeyValue("status", status.getCode().name())
          .addKeyValue("duration_us", nanos / 1000)
          .addKeyValue("remote", call.remoteAddress())
          .log("call answered");
    }
  }

  private static void traced(
      RpcCall call, RequestTrace trace, String method, Status status, long endedNanos) {
    FinishedSpan span =
        trace
            .whole(method)
            .with("rpc.system", "grpc")
            .with("rpc.method", method)
            .with("rpc.grpc.status_code", status.getCode().value())
            .with("tollgate.request_id", call.id().toString());
    if (!status.isOk()) {
      span.failed(status.getCode().name());
    }
    span.end(endedNanos);
  }

  /** Runs the method in its turn, and ends the call with what it threw. */
  private final class Turned<Q, R> extends SimpleForwardingServerCallListener<Q> {
    private final ServedCall<Q, R> served;
    private final boolean inTurn;

    Turned(ServerCall.Listener<Q> inner, ServedCall<Q, R> served, boolean inTurn) {
      super(inner);
      this.served = served;
      this.inTurn = inTurn;
    }

    @Override
    public void onMessage(Q message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      if (served.hasEnded()) {
        return;
      }
      if (inTurn) {
        guarded(() -> methods.execute(Context.current().wrap(this::inTurn)));
      } else {
        guarded(super::onHalfClose);
      }
    }

    private void inTurn() {
      guarded(() -> turns.run(super::onHalfClose));
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    @Override
    public void onCancel() {
      served.cancelled();
      super.onCancel();
    }

    private void guarded(Runnable step) {
      MDC.put("request_id", served.call().id().toString());
      served.call().trace().ifPresent(trace -> MDC.put("trace_id", trace.traceId()));
      served.call().trace().ifPresent(trace -> MDC.put("span_id", trace.spanId()));
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        fail(served, e);
      } finally {
        MDC.clear();
      }
    }
  }

  private static void fail(ServedCall<?, ?> served, Throwable failure) {
    if (served.hasEnded()) {
      // nobody waits for its answer any more
      return;
    }
    if (failure instanceof StatusRuntimeException status
        && !(status.getCause() instanceof InvalidProtocolBufferException)) {
      Metadata trailers = status.getTrailers();
      served.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return;
    }
    StatusException status =
        StatusProto.toStatusException(
            RefusalStatus.of(refusal(served.call(), failure), served.call().id().toString()));
    Metadata trailers = status.getTrailers();
    served.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  private static Refusal refusal(RpcCall call, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure.getCause() instanceof InvalidProtocolBufferException) {
      return new Refusal(
          ErrorCode.MALFORMED_BODY, "the message cannot be read (expected: that of the method)");
    }
    call.addTo(LOG.atError()).setCause(failure).log("call failed");
    return new Refusal(ErrorCode.INTERNAL, "an internal error occurred");
  }
}
