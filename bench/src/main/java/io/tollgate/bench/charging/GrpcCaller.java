package io.tollgate.bench.charging;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc.BillingInternalServiceBlockingStub;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import io.tollgate.rpc.billing.v1.DeductQuotaRequest;

/** Speaks gRPC with the generated code, on one connection. */
final class GrpcCaller implements ChargingCaller {
  private final ManagedChannel channel;
  private final BillingInternalServiceBlockingStub stub;

  GrpcCaller(String address, String serviceToken) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build();
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("x-service-token", Metadata.ASCII_STRING_MARSHALLER), serviceToken);
    stub =
        BillingInternalServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  @Override
  public boolean check(String user) {
    return stub.checkQuota(
            CheckQuotaRequest.newBuilder()
                .setUserId(user)
                .setServiceName("asset")
                .setCount(1)
                .build())
        .getAllowed();
  }

  @Override
  public boolean deduct(String user, String requestId) {
    return stub.deductQuota(
            DeductQuotaRequest.newBuilder()
                .setUserId(user)
                .setServiceName("asset")
                .setCount(1)
                .setRequestId(requestId)
                .build())
        .getSuccess();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
