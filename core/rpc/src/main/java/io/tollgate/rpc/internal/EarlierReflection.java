package io.tollgate.rpc.internal;

import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionService;

/** Reflection as clients ask for it that do not know its first release yet ({@code v1alpha}). */
final class EarlierReflection {
  private EarlierReflection() {}

  @SuppressWarnings("deprecation")
  static BindableService service() {
    return ProtoReflectionService.newInstance();
  }
}
