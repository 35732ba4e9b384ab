package io.tollgate.rpc;

import static io.tollgate.rpc.ServedRpc.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.tollgate.ground.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcServerTest {
  private ServedRpc served;

  @BeforeEach
  void start() throws Exception {
    served =
        new ServedRpc(
            Map.of(
                "grpc.calls.concurrent", "2",
                "grpc.calls.waiting", "2",
                "grpc.health.interval.ms", "50"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void methods_run_on_virtual_threads_and_calls_are_counted_by_method_and_status() {
    assertThat(served.caller().checkQuota(asking("thread")).getReason()).isEqualTo("virtual");
    refused("NOT_FOUND");
    await().until(() -> served.calls("CheckQuota", "OK") == 1);
    await().until(() -> served.calls("CheckQuota", "NOT_FOUND") == 1);
  }

  @Test
  void every_code_of_the_catalogue_is_a_status_with_its_reason() throws Exception {
    for (ErrorCode code : ErrorCode.values()) {
      StatusRuntimeException refused = refused(code.name());
      assertThat(refused.getStatus().getCode()).as(code.name()).isNotEqualTo(Status.Code.UNKNOWN);
      ErrorInfo info = detail(refused, ErrorInfo.class);
      assertThat(info.getReason())
          .isEqualTo(code == ErrorCode.INSUFFICIENT_MEANS ? "INSUFFICIENT_BALANCE" : code.name());
      assertThat(info.getDomain()).isEqualTo("tollgate");
    }
    assertThat(code("UNAUTHENTICATED")).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(code("FORBIDDEN")).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(code("USER_NOT_FOUND")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code("INVALID_REQUEST")).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code("IDEMPOTENCY_CONFLICT")).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(code("RATE_LIMITED")).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(code("UNAVAILABLE")).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void lack_of_means_is_a_failed_precondition_with_details_and_when_to_come_again()
      throws Exception {
    StatusRuntimeException refused = refused("poor");
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.getStatus().getDescription()).isEqualTo("insufficient balance");
    ErrorInfo info = detail(refused, ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(info.getMetadataMap()).containsEntry("details", "top up");
    assertThat(detail(refused, RetryInfo.class).getRetryDelay().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void what_a_method_throws_is_internal_and_its_text_stays_inside() {
    StatusRuntimeException refused = refused("broken");
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(refused.getStatus().getDescription()).isEqualTo("an internal error occurred");
    assertThat(String.valueOf(refused.getTrailers())).doesNotContain("secret words");
  }

  @Test
  void each_call_has_an_id_of_ours_and_keeps_the_callers_beside_it() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    Metadata sent = new Metadata();
    sent.put(key("x-client-request-id"), "mine-1");
    var caller =
        served
            .caller()
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(sent),
                MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    caller.checkQuota(asking("thread"));
    String first = String.valueOf(headers.get().get(key("x-request-id")));
    assertThat(first).hasSizeGreaterThan(20);
    assertThat(headers.get().get(key("x-client-request-id"))).isEqualTo("mine-1");
    assertThatThrownBy(() -> caller.checkQuota(asking("CONFLICT")))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(trailers.get().get(key("x-request-id"))).isNotEqualTo(first).isNotNull();
  }

  @Test
  void tokens_are_read_from_their_metadata() {
    Metadata sent = new Metadata();
    sent.put(key("x-service-token"), "service");
    sent.put(key("authorization"), "bearer of-user ");
    assertThat(
            served
                .caller()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                .checkQuota(asking("tokens"))
                .getReason())
        .isEqualTo("service|of-user");
    assertThat(served.caller().checkQuota(asking("tokens")).getReason()).isEqualTo("-|-");
  }

  @Test
  void calls_over_the_bound_are_refused_and_a_deadline_is_obeyed_while_waiting() throws Exception {
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(threads.submit(() -> served.caller().checkQuota(asking("held")).getReason()));
      }
      await().until(() -> served.began.get() == 2);
      StatusRuntimeException late =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  served
                      .caller()
                      .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                      .checkQuota(asking("thread")));
      assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      for (int i = 0; i < 2; i++) {
        running.add(threads.submit(() -> served.caller().checkQuota(asking("held")).getReason()));
      }
      await().until(() -> served.registry.get("tollgate_grpc_calls_admitted").gauge().value() == 4);
      assertThat(code("thread")).isEqualTo(Status.Code.UNAVAILABLE);
      served.held.countDown();
      for (Future<String> call : running) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("held");
      }
      // the one whose deadline passed while it waited never began
      assertThat(served.began.get()).isEqualTo(4);
    }
  }

  @Test
  void health_says_what_readiness_says_of_the_server_and_of_each_service() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(served.channel);
    HealthCheckRequest all = HealthCheckRequest.getDefaultInstance();
    HealthCheckRequest one =
        HealthCheckRequest.newBuilder().setService("billing.v1.BillingInternalService").build();
    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(health.check(one).getStatus()).isEqualTo(ServingStatus.SERVING);
    var watched = health.withDeadlineAfter(20, TimeUnit.SECONDS).watch(one);
    assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    served.ready.set(false);
    assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    StatusRuntimeException unknown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> health.check(HealthCheckRequest.newBuilder().setService("x").build()));
    assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private Status.Code code(String what) {
    return refused(what).getStatus().getCode();
  }

  private StatusRuntimeException refused(String what) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> served.caller().checkQuota(asking(what)));
  }

  private static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException refused, Class<T> type) throws InvalidProtocolBufferException {
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    assertThat(status).isNotNull();
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError(type + " is not in " + status);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
