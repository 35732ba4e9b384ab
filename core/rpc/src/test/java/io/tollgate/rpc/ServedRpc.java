package io.tollgate.rpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc;
import io.tollgate.rpc.billing.v1.CheckQuotaReply;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import io.tollgate.telemetry.Tracing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with one service, which does what the asked service's name says; and a caller. */
final class ServedRpc implements AutoCloseable {
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicBoolean ready = new AtomicBoolean(true);
  final AtomicInteger began = new AtomicInteger();
  final CountDownLatch held = new CountDownLatch(1);
  final RpcServer server;
  final ManagedChannel channel;

  ServedRpc(Map<String, String> settings) throws IOException {
    this(settings, Tracing.off());
  }

  ServedRpc(Map<String, String> settings, Tracing tracing) throws IOException {
    server =
        RpcServer.open(
            RpcConfig.from(
                Settings.merge(
                    RpcConfig.settings(), Map.of(), settings, Map.of(), Map.of(), "file")),
            "grpc",
            0,
            List.of(RpcService.of("billing", new Steered().bindService())),
            new RpcServer.Surroundings(
                registry, ready::get, Clock.systemUTC(), new Random(7), tracing));
    channel = plaintext();
  }

  ManagedChannel plaintext() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  BillingInternalServiceGrpc.BillingInternalServiceBlockingStub caller() {
    return BillingInternalServiceGrpc.newBlockingStub(channel);
  }

  static CheckQuotaRequest asking(String what) {
    return CheckQuotaRequest.newBuilder().setServiceName(what).build();
  }

  double calls(String method, String status) {
    return registry
        .find("tollgate_grpc_calls")
        .tag("method", "billing.v1.BillingInternalService/" + method)
        .tag("status", status)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() {
    held.countDown();
    channel.shutdownNow();
    server.close();
    registry.close();
  }

  private final class Steered extends BillingInternalServiceGrpc.BillingInternalServiceImplBase {
    @Override
    public void checkQuota(CheckQuotaRequest request, StreamObserver<CheckQuotaReply> caller) {
      began.incrementAndGet();
      UnaryAnswer.send(caller, () -> answer(request));
    }

    private CheckQuotaReply answer(CheckQuotaRequest request) {
      String reason =
          switch (request.getServiceName()) {
            case "thread" -> Thread.currentThread().isVirtual() ? "virtual" : "platform";
            case "tokens" ->
                RpcCall.current().serviceToken().orElse("-")
                    + "|"
                    + RpcCall.current().bearerToken().orElse("-");
            case "held" -> hold();
            case "broken" -> throw new IllegalStateException("secret words");
            case "poor" ->
                throw new Refusal(ErrorCode.INSUFFICIENT_MEANS, "insufficient balance")
                    .withDetails("top up")
                    .withRetryAfter(Duration.ofMillis(1500));
            default -> throw new Refusal(ErrorCode.valueOf(request.getServiceName()), "refused");
          };
      return CheckQuotaReply.newBuilder().setAllowed(true).setReason(reason).build();
    }

    private String hold() {
      try {
        return held.await(20, TimeUnit.SECONDS) ? "held" : "late";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
