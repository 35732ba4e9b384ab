package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * When WeChat Pay's platform certificates are fetched.
 *
 * @param pause between two times, at least
 * @param age after which they are fetched again though all are known: one that is listed no more is
 *     believed no more
 */
public record CertificateTimes(Duration pause, Duration age) {
  private static final Setting<Integer> PAUSE =
      Setting.number(
          "payments.wechat.certificates.pause.seconds",
          60,
          1,
          86_400,
          "How long WeChat Pay's platform certificates are not fetched again, seconds: a signature by"
              + " an unknown one lets them be fetched.");
  private static final Setting<Integer> AGE =
      Setting.number(
          "payments.wechat.certificates.age.seconds",
          43_200,
          60,
          604_800,
          "After how long WeChat Pay's platform certificates are fetched again though all are known,"
              + " seconds: one that is listed no more is believed no more.");

  public CertificateTimes {
    requireNonNull(pause, "pause is null");
    requireNonNull(age, "age is null");
  }

  static List<Setting<?>> settings() {
    return List.of(PAUSE, AGE);
  }

  static CertificateTimes from(Settings settings) {
    return new CertificateTimes(
        Duration.ofSeconds(settings.get(PAUSE)), Duration.ofSeconds(settings.get(AGE)));
  }
}
