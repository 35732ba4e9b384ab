package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCookieTest {
  private static final SessionCookie PLAIN = SessionCookie.ofUsers(false);
  private static final SessionCookie SECURE = SessionCookie.ofAdmins(true);

  @Test
  void what_is_set_is_out_of_reach_of_scripts_and_of_other_sites() {
    assertThat(PLAIN.set("t", Duration.ofHours(1)))
        .isEqualTo("tg_user=t; Max-Age=3600; Path=/; HttpOnly; SameSite=Strict");
    assertThat(SECURE.set("t", Duration.ofSeconds(-1)))
        .isEqualTo("__Host-tg_admin=t; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(SECURE.clear()).startsWith("__Host-tg_admin=; Max-Age=0;");
  }

  @Test
  void of_two_that_differ_neither_counts_and_another_name_never_does() {
    assertThat(PLAIN.value("tg_user=a")).contains("a");
    assertThat(PLAIN.value("x=1;tg_user=a ; tg_user=a")).contains("a");
    assertThat(PLAIN.value("tg_user=a; tg_user=b")).isEmpty();
    assertThat(PLAIN.value("tg_user=; tg_user=b")).isEmpty();
    assertThat(PLAIN.value("TG_USER=a; tg_user2=a; xtg_user=a; tg_admin=a")).isEmpty();
    assertThat(PLAIN.value("__Host-tg_user=a")).isEmpty();
    assertThat(SECURE.value("tg_admin=a")).isEmpty();
    assertThat(PLAIN.value(";;=;tg_user;=a; =tg_user")).isEmpty();
    assertThat(PLAIN.value("a=b;".repeat(5_000) + "tg_user=t")).contains("t");
  }

  @Test
  void a_stream_is_opened_by_our_own_page_or_by_nobodys() {
    assertThat(stream("", "")).contains("t");
    assertThat(stream("same-origin", "")).contains("t");
    assertThat(stream("", "http://here:1")).contains("t");
    assertThat(stream("same-site", "http://here:1")).isEmpty();
    assertThat(stream("cross-site", "")).isEmpty();
    assertThat(stream("none", "")).isEmpty();
    assertThat(stream("", "http://here:2")).isEmpty();
    assertThat(stream("", "https://here:1")).isEmpty();
    assertThat(stream("", "http://here:1.evil.example")).isEmpty();
    assertThat(stream("", "null")).isEmpty();
  }

  private static Optional<String> stream(String site, String origin) {
    return PLAIN.streamToken(
        Optional.of("tg_user=t"), given(site), given(origin), Optional.of("here:1"));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
