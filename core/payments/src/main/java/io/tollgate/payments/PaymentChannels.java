package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.internal.alipay.AlipayChannel;
import io.tollgate.payments.internal.alipay.AlipayTerms;
import io.tollgate.payments.internal.sandbox.SandboxChannel;
import io.tollgate.payments.internal.sandbox.SandboxTerms;
import io.tollgate.payments.internal.stripe.StripeChannel;
import io.tollgate.payments.internal.stripe.StripeTerms;
import io.tollgate.payments.internal.wechat.WechatChannel;
import io.tollgate.payments.internal.wechat.WechatTerms;
import io.tollgate.payments.internal.wire.ChannelHttp;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

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
   * @param random of nonces
   */
  public static PaymentChannels open(
      PaymentsConfig config, InstantSource clock, RandomGenerator random) {
    requireNonNull(clock, "clock is null");
    ChannelHttp http = new ChannelHttp(config.timeout());
    Stream<Optional<? extends PaymentChannel>> all =
        Stream.of(
            config
                .sandbox()
                .map(
                    keys ->
                        new SandboxChannel(
                            http,
                            new SandboxTerms(
                                URI.create(keys.url()), keys.secret(), config.tolerance(), clock),
                            config.billBytes())),
            config
                .stripe()
                .map(
                    keys ->
                        new StripeChannel(
                            http,
                            new StripeTerms(keys, config.tolerance(), config.billBytes(), clock))),
            config
                .wechat()
                .map(
                    keys ->
                        new WechatChannel(
                            http,
                            new WechatTerms(
                                keys,
                                config.tolerance(),
                                config.certificates(),
                                config.billBytes(),
                                clock,
                                random))),
            config
                .alipay()
                .map(
                    keys ->
                        new AlipayChannel(http, new AlipayTerms(keys, config.billBytes(), clock))));
    Map<PaymentMethod, PaymentChannel> channels = new EnumMap<>(PaymentMethod.class);
    all.flatMap(Optional::stream).forEach(channel -> channels.put(channel.method(), channel));
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
