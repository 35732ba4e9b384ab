package io.tollgate.payments.internal.wechat;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.WechatKeys;
import io.tollgate.payments.internal.wechat.WechatCertificates.Certified;
import io.tollgate.payments.internal.wire.Rsa;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what is WeChat Pay's own: signed by the public key that is configured, or by a platform
 * certificate. These are changed from time to time: a serial number that was not seen before lets
 * them be fetched again, and the old ones hold until their end. Safe for use by many threads.
 */
final class WechatPlatform {
  private static final Logger LOG = LoggerFactory.getLogger(WechatPlatform.class);

  private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,64}");

  private final WechatTerms terms;
  private final WechatSignatures signatures;
  private final WechatCertificates certificates;
  private final ReentrantLock fetching = new ReentrantLock();
  private final Optional<PublicKey> configured;
  private volatile Map<String, Certified> known = Map.of();
  private volatile Optional<Instant> fetchedAt = Optional.empty();
  private volatile Optional<Instant> triedAt = Optional.empty();

  WechatPlatform(WechatTerms terms, WechatSignatures signatures, WechatCertificates certificates) {
    this.terms = terms;
    this.signatures = signatures;
    this.certificates = certificates;
    this.configured = terms.keys().platformKey().map(key -> Rsa.publicKey(key.publicKey()));
  }

  /**
   * Whether an answer or notification is WeChat Pay's own. May fetch certificates.
   *
   * @throws ChannelFault when certificates are needed and cannot be had
   */
  boolean isSigned(Function<String, Optional<String>> header, byte[] body) {
    return header
        .apply("Wechatpay-Serial")
        .flatMap(this::key)
        .filter(key -> signatures.isSigned(key, header, body))
        .isPresent();
  }

  private Optional<PublicKey> key(String serial) {
    if (known.containsKey(serial)) {
      refresh();
    }
    Optional<PublicKey> found = find(serial);
    if (found.isPresent() || known.containsKey(serial) || !SERIAL.matcher(serial).matches()) {
      return found;
    }
    fetch(serial);
    return find(serial);
  }

  private Optional<PublicKey> find(String serial) {
    boolean ours =
        terms
            .keys()
            .platformKey()
            .map(WechatKeys.PlatformKey::id)
            .filter(serial::equals)
            .isPresent();
    return ours
        ? configured
        : Optional.ofNullable(known.get(serial))
            .filter(certificate -> certificate.holds(terms.clock().instant()))
            .map(Certified::key);
  }

  /**
   * What is listed no more is believed no more. Without an answer what is known goes on; of several
   * at once one asks, and the others do not wait for it.
   */
  private void refresh() {
    Instant now = terms.clock().instant();
    if (!isOld(now) || isTooSoon(now) || !fetching.tryLock()) {
      return;
    }
    try {
      triedAt = Optional.of(now);
      known = Map.copyOf(certificates.fetch(now, this::find));
      fetchedAt = Optional.of(now);
    } catch (ChannelFault e) {
      LOG.warn("certificates of WeChat Pay cannot be fetched again; those known go on", e);
    } finally {
      fetching.unlock();
    }
  }

  private boolean isOld(Instant now) {
    return fetchedAt
        .filter(last -> Duration.between(last, now).compareTo(terms.certificates().age()) >= 0)
        .isPresent();
  }

  /** Of several at once one fetches; whoever invents serial numbers lets it happen once a pause. */
  private void fetch(String serial) {
    fetching.lock();
    try {
      Instant now = terms.clock().instant();
      if (known.containsKey(serial) || isTooSoon(now)) {
        return;
      }
      triedAt = Optional.of(now);
      known = Map.copyOf(certificates.fetch(now, this::find));
      fetchedAt = Optional.of(now);
    } finally {
      fetching.unlock();
    }
  }

  private boolean isTooSoon(Instant now) {
    return triedAt
        .map(last -> Duration.between(last, now))
        .filter(since -> !since.isNegative() && since.compareTo(terms.certificates().pause()) < 0)
        .isPresent();
  }
}
