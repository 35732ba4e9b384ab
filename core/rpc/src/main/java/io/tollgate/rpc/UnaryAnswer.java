package io.tollgate.rpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** How a method with one request and one reply answers. */
public final class UnaryAnswer {
  private UnaryAnswer() {}

  /**
   * Answers with what the work returns. What it throws ends the call with the status that a {@link
   * io.tollgate.ground.Refusal} stands for, or {@code INTERNAL}: methods throw and never call
   * {@code onError}.
   */
  public static <T> void send(StreamObserver<T> caller, Supplier<T> work) {
    T reply = work.get();
    caller.onNext(reply);
    caller.onCompleted();
  }
}
