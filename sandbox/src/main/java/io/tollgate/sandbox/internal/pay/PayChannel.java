package io.tollgate.sandbox.internal.pay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The channels that are stood in for, with how often each tells again what is not taken. */
enum PayChannel {
  /** After 1, 2, 4, … seconds. */
  SANDBOX(Stream.iterate(1, seconds -> seconds * 2).limit(12).toList()),
  /**
   * 25 hours, as Alipay's notify page has it: 4 and 10 minutes, 10 minutes, 1, 2, 6 and 15 hours.
   */
  ALIPAY(List.of(240, 600, 600, 3_600, 7_200, 21_600, 54_000)),
  /** 15 times in 24 hours and 4 minutes, as WeChat Pay's notify page has it. */
  WECHAT(
      List.of(
          15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600,
          21_600)),
  /** With ever longer pauses for three days. */
  STRIPE(List.of(60, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200));

  private final List<Integer> pauses;

  PayChannel(List<Integer> pauses) {
    this.pauses = pauses;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PayChannel of(String code) {
    return Arrays.stream(values())
        .filter(channel -> channel.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("channel: " + code));
  }

  /** How many times a notification is sent. */
  int times() {
    return pauses.size() + 1;
  }

  /** Milliseconds until the next attempt, after some. */
  long pauseMs(int attempts) {
    return pauses.get(Math.min(attempts, pauses.size()) - 1) * 1_000L;
  }
}
