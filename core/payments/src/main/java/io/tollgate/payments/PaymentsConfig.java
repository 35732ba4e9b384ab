package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings of payment channels. A channel is there when its keys are.
 *
 * @param timeout for a call to a channel from beginning to end
 * @param tolerance how old a signed notification may be, where the channel dates its signatures
 * @param certificates when WeChat Pay's are fetched
 * @param billMib how long a day's bill may be, MiB
 * @param sandbox the sandbox's own channel
 */
public record PaymentsConfig(
    Duration timeout,
    Duration tolerance,
    CertificateTimes certificates,
    int billMib,
    Optional<SandboxKeys> sandbox,
    Optional<StripeKeys> stripe,
    Optional<WechatKeys> wechat,
    Optional<AlipayKeys> alipay) {
  private static final Setting<Integer> TIMEOUT_MS =
      Setting.number(
          "payments.timeout.ms",
          10_000,
          100,
          120_000,
          "Time for a call to a payment channel from beginning to end, ms.");
  private static final Setting<Integer> TOLERANCE_SECONDS =
      Setting.number(
          "payments.tolerance.seconds",
          300,
          1,
          86_400,
          "How old a payment channel's signed notification may be, seconds.");
  private static final Setting<Integer> BILL_MIB =
      Setting.number(
          "payments.bill.mib", 64, 1, 1_024, "How long a payment channel's bill may be, MiB.");

  public PaymentsConfig {
    requireNonNull(timeout, "timeout is null");
    requireNonNull(tolerance, "tolerance is null");
    requireNonNull(certificates, "certificates is null");
    requireNonNull(sandbox, "sandbox is null");
    requireNonNull(stripe, "stripe is null");
    requireNonNull(wechat, "wechat is null");
    requireNonNull(alipay, "alipay is null");
  }

  public static List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(TIMEOUT_MS, TOLERANCE_SECONDS, BILL_MIB));
    all.addAll(CertificateTimes.settings());
    all.addAll(SandboxKeys.settings());
    all.addAll(StripeKeys.settings());
    all.addAll(WechatKeys.settings());
    all.addAll(AlipayKeys.settings());
    return List.copyOf(all);
  }

  public static PaymentsConfig from(Settings settings) {
    return new PaymentsConfig(
        Duration.ofMillis(settings.get(TIMEOUT_MS)),
        Duration.ofSeconds(settings.get(TOLERANCE_SECONDS)),
        CertificateTimes.from(settings),
        settings.get(BILL_MIB),
        SandboxKeys.from(settings),
        StripeKeys.from(settings),
        WechatKeys.from(settings),
        AlipayKeys.from(settings));
  }

  /** Channels of a demo, with keys that everybody knows. */
  public record Demo(SandboxKeys sandbox, StripeKeys stripe, WechatKeys wechat, AlipayKeys alipay) {
    public Demo {
      requireNonNull(sandbox, "sandbox is null");
      requireNonNull(stripe, "stripe is null");
      requireNonNull(wechat, "wechat is null");
      requireNonNull(alipay, "alipay is null");
    }
  }

  /** The same, with a demo's channels where none are configured. */
  public PaymentsConfig orDemo(Demo demo) {
    return new PaymentsConfig(
        timeout,
        tolerance,
        certificates,
        billMib,
        sandbox.or(() -> Optional.of(demo.sandbox())),
        stripe.or(() -> Optional.of(demo.stripe())),
        wechat.or(() -> Optional.of(demo.wechat())),
        alipay.or(() -> Optional.of(demo.alipay())));
  }

  public long billBytes() {
    return (long) billMib << 20;
  }
}
