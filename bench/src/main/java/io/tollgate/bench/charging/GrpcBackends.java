package io.tollgate.bench.charging;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc.BillingInternalServiceStub;
import io.tollgate.rpc.billing.v1.CheckQuotaReply;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import io.tollgate.rpc.billing.v1.DeductQuotaReply;
import io.tollgate.rpc.billing.v1.DeductQuotaRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Speaks gRPC with the generated code, all connections on one event loop. */
final class GrpcBackends implements Backends {
  private final String address;
  private final Metadata metadata = new Metadata();
  private final EventLoopGroup loop = new EpollEventLoopGroup(1);
  private final List<ManagedChannel> channels = new ArrayList<>();

  GrpcBackends(String address, String serviceToken) {
    this.address = address;
    metadata.put(
        Metadata.Key.of("x-service-token", Metadata.ASCII_STRING_MARSHALLER), serviceToken);
  }

  @Override
  public Backend connect() {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .directExecutor()
            .eventLoopGroup(loop)
            .channelType(EpollSocketChannel.class)
            .build();
    channels.add(channel);
    Channel named =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    return new Connection(BillingInternalServiceGrpc.newStub(named));
  }

  @Override
  public void carry(Runnable begin, Future<?> done) throws InterruptedException {
    loop.execute(begin);
    try {
      Object _ = done.get();
    } catch (ExecutionException _) {
      // whoever waits for it as well says what it was
      return;
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private record Connection(BillingInternalServiceStub stub) implements Backend {
    @Override
    public void check(String user, Answered then) {
      stub.checkQuota(
          CheckQuotaRequest.newBuilder()
              .setUserId(user)
              .setServiceName("asset")
              .setCount(1)
              .build(),
          new Reply<>(then, CheckQuotaReply::getAllowed));
    }

    @Override
    public void deduct(String user, String requestId, Answered then) {
      stub.deductQuota(
          DeductQuotaRequest.newBuilder()
              .setUserId(user)
              .setServiceName("asset")
              .setCount(1)
              .setRequestId(requestId)
              .build(),
          new Reply<>(then, DeductQuotaReply::getSuccess));
    }
  }

  /** The one reply of a call; it is over once the call has ended. */
  private static final class Reply<T> implements StreamObserver<T> {
    private final Answered then;
    private final Predicate<T> granted;
    private boolean answer;

    Reply(Answered then, Predicate<T> granted) {
      this.then = then;
      this.granted = granted;
    }

    @Override
    public void onNext(T reply) {
      answer = granted.test(reply);
    }

    @Override
    public void onError(Throwable failure) {
      then.failed(new IllegalStateException("a call over gRPC failed", failure));
    }

    @Override
    public void onCompleted() {
      then.with(answer);
    }
  }
}
