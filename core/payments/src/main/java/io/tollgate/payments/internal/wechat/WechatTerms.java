package io.tollgate.payments.internal.wechat;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.CertificateTimes;
import io.tollgate.payments.WechatKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How WeChat Pay is reached.
 *
 * @param tolerance how old a notification may be
 * @param certificates when platform certificates are fetched
 * @param billBytes how long a day's bill may be
 * @param random of nonces
 */
public record WechatTerms(
    WechatKeys keys,
    Duration tolerance,
    CertificateTimes certificates,
    long billBytes,
    InstantSource clock,
    RandomGenerator random) {
  public WechatTerms {
    requireNonNull(keys, "keys is null");
    requireNonNull(tolerance, "tolerance is null");
    requireNonNull(certificates, "certificates is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(random, "random is null");
  }
}
