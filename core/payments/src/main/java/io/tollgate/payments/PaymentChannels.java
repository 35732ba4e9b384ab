package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.internal.sandbox.SandboxChannel;
import io.tollgate.payments.internal.sandbox.SandboxTerms;
import io.tollgate.payments.internal.wire.ChannelHttp;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels that are configured. Safe for use by many threads. */
public final class PaymentChannels implements AutoCloseable {
  private final Map<PaymentMethod, PaymentChannel> channels;
  private final ChannelHttp http;

  private PaymentChannels(Map<PaymentMethod, PaymentChannel> channels, ChannelHttp http) {
    this.channels = channels;
    this.http = http;
  }

  /**
   * Those that a configuration has keys for.
   *
   * @param clock by which signatures are dated and notifications are too old
   */
  public static PaymentChannels open(PaymentsConfig config, InstantSource clock) {
    requireNonNull(clock, "clock is null");
    ChannelHttp http = new ChannelHttp(config.timeout());
    Map<PaymentMethod, PaymentChannel> channels = new EnumMap<>(PaymentMethod.class);
    config
        .sandbox()
        .ifPresent(
            keys ->
                channels.put(
                    PaymentMethod.SANDBOX,
                    new SandboxChannel(
                        http,
                        new SandboxTerms(
                            URI.create(keys.url()), keys.secret(), config.tolerance(), clock),
                        config.billBytes())));
    return new PaymentChannels(channels, http);
  }

  /** The channel of that method, where it is configured. */
  public Optional<PaymentChannel> find(PaymentMethod method) {
    return Optional.ofNullable(channels.get(method));
  }

  public List<PaymentChannel> all() {
    return List.copyOf(channels.values());
  }

  @Override
  public void close() {
    http.close();
  }
}
