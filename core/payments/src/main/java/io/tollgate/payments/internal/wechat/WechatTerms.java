package io.tollgate.payments.internal.wechat;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.WechatKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How WeChat Pay is reached.
 *
 * @param tolerance how old a notification may be
 * @param certificatesPause between two times that platform certificates are fetched, at least
 * @param billBytes how long a day's bill may be
 * @param random of nonces
 */
public record WechatTerms(
    WechatKeys keys,
    Duration tolerance,
    Duration certificatesPause,
    long billBytes,
    InstantSource clock,
    RandomGenerator random) {
  public WechatTerms {
    requireNonNull(keys, "keys is null");
    requireNonNull(tolerance, "tolerance is null");
    requireNonNull(certificatesPause, "certificatesPause is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(random, "random is null");
  }
}
