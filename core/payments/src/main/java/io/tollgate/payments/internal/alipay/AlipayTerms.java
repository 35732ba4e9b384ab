package io.tollgate.payments.internal.alipay;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.AlipayKeys;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * How Alipay is reached.
 *
 * @param billBytes how long a day's bill may be, unpacked
 */
public record AlipayTerms(AlipayKeys keys, long billBytes, InstantSource clock) {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  public AlipayTerms {
    requireNonNull(keys, "keys is null");
    requireNonNull(clock, "clock is null");
  }

  String now() {
    return TIME.format(clock.instant().atZone(ZONE));
  }
}
