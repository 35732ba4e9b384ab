package io.tollgate.app;

import io.tollgate.payments.PaymentsConfig;
import io.tollgate.payments.SandboxKeys;
import io.tollgate.sandbox.PaymentKeys;

/** The sandbox's payment channels, as our own side is configured for them. */
final class DemoPayments {
  private DemoPayments() {}

  static PaymentsConfig.Demo of(String sandboxUrl, PaymentKeys keys) {
    return new PaymentsConfig.Demo(new SandboxKeys(sandboxUrl, keys.sandboxSecret()));
  }
}
