package io.tollgate.rpc;

import static io.tollgate.rpc.ServedRpc.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc;
import io.tollgate.rpc.billing.v1.CheckQuotaReply;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RpcBoundsTest {
  @Test
  void a_message_over_the_limit_is_refused_packed_or_not_and_the_connection_lives_on()
      throws Exception {
    try (ServedRpc served = new ServedRpc(Map.of("grpc.message.bytes", "4096"))) {
      CheckQuotaRequest huge =
          CheckQuotaRequest.newBuilder()
              .setServiceName("thread")
              .setUserId("0".repeat(5000))
              .build();
      for (String packing : List.of("identity", "gzip")) {
        StatusRuntimeException refused =
            catchThrowableOfType(
                StatusRuntimeException.class,
                () -> served.caller().withCompression(packing).checkQuota(huge));
        assertThat(refused.getStatus().getCode())
            .as(packing)
            .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
      assertThat(served.caller().checkQuota(asking("thread")).getReason()).isEqualTo("virtual");
    }
  }

  @Test
  void a_message_that_is_none_is_the_callers_fault() throws Exception {
    try (ServedRpc served = new ServedRpc(Map.of())) {
      MethodDescriptor<byte[], CheckQuotaReply> raw =
          BillingInternalServiceGrpc.getCheckQuotaMethod().toBuilder(
                  new Bytes(),
                  BillingInternalServiceGrpc.getCheckQuotaMethod().getResponseMarshaller())
              .build();
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      served.channel, raw, CallOptions.DEFAULT, new byte[] {10, 120, 1}));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(served.caller().checkQuota(asking("thread")).getReason()).isEqualTo("virtual");
      await()
          .until(() -> served.registry.get("tollgate_grpc_calls_in_flight").gauge().value() == 0);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void metadata_over_the_limit_is_refused() throws Exception {
    try (ServedRpc served = new ServedRpc(Map.of("grpc.metadata.bytes", "2048"))) {
      Metadata sent = new Metadata();
      sent.put(Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER), "0".repeat(4000));
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  served
                      .caller()
                      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                      .checkQuota(asking("thread")));
      assertThat(refused).isNotNull();
      assertThat(served.began.get()).isZero();
      assertThat(served.caller().checkQuota(asking("thread")).getReason()).isEqualTo("virtual");
    }
  }

  @Test
  void a_thousand_idle_connections_leave_no_more_open_than_are_allowed_and_end_by_themselves()
      throws Exception {
    try (ServedRpc served =
        new ServedRpc(Map.of("grpc.connections", "50", "grpc.handshake.ms", "500"))) {
      List<Socket> idle = new ArrayList<>();
      try {
        for (int i = 0; i < 1000; i++) {
          try {
            idle.add(new Socket("127.0.0.1", served.server.port()));
          } catch (SocketException _) {
            // closed while it was opened
          }
        }
        await().until(() -> refused(served) >= 900);
        assertThat(open(served)).isLessThanOrEqualTo(50);
        // none of them ever spoke: each loses its place
        await().until(() -> open(served) == 0);
        assertThat(served.caller().checkQuota(asking("thread")).getReason()).isEqualTo("virtual");
      } finally {
        for (Socket socket : idle) {
          socket.close();
        }
      }
    }
  }

  private static double open(ServedRpc served) {
    return served.registry.get("tollgate_grpc_connections").gauge().value();
  }

  private static double refused(ServedRpc served) {
    return served.registry.get("tollgate_grpc_connections_refused").functionCounter().count();
  }
}
