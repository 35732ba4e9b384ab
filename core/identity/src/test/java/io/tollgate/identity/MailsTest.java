package io.tollgate.identity;

import static io.tollgate.identity.PassportFixture.HERE;
import static io.tollgate.identity.PassportFixture.account;
import static io.tollgate.identity.PassportFixture.body;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MailsTest {
  private final PassportFixture fixture = new PassportFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_mail_says_who_it_is_from_and_what_to_do_in_the_language_of_its_reader() throws Exception {
    fixture.register("ann@a.example");
    fixture.passports.register(
        new Registration(
            "lin@a.example",
            PassportFixture.PASSWORD,
            Optional.empty(),
            "localhost",
            MailLanguage.accepted("zh-CN,zh;q=0.9")),
        HERE);
    fixture.sendMails();
    MimeMessage english = fixture.mailsTo("ann@a.example").getFirst();
    assertThat(english.getSubject()).isEqualTo("Confirm your address for Acme");
    assertThat(english.getFrom()[0].toString()).isEqualTo("no-reply@tollgate.invalid");
    assertThat(english.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(body(english)).contains("http://127.0.0.1:18100/portal/verify#token=");
    MimeMessage chinese = fixture.mailsTo("lin@a.example").getFirst();
    assertThat(chinese.getSubject()).isEqualTo("请确认您在 Acme 的邮箱地址");
    assertThat(body(chinese)).contains("24 小时");
  }

  @Test
  void a_user_with_a_verified_address_is_told_what_they_wanted_in_their_language()
      throws Exception {
    UserId ann = fixture.verified("ann@a.example").user().user();
    fixture.base.sql("update identity.tenant_user set language = 'zh'");
    UserNotices notices = fixture.module.notices();
    var _ =
        fixture.base.write(
            tx -> {
              notices.tell(tx, ann, UserNotices.About.BALANCE_LOW, "4.99 USD");
              notices.tell(tx, ann, UserNotices.About.QUOTA_LOW, "80%");
              return ann;
            });
    int before = fixture.mailsTo("ann@a.example").size();
    fixture.sendMails();
    List<MimeMessage> told = fixture.mailsTo("ann@a.example").subList(before, before + 2);
    assertThat(told.getFirst().getSubject()).isEqualTo("您在 Acme 的余额为 4.99 USD");
    assertThat(body(told.getFirst())).contains("http://127.0.0.1:18100/portal/top-up");
    assertThat(told.getLast().getSubject()).isEqualTo("您在 Acme 的免费额度已用 80%");
    assertThat(fixture.withoutMail().notices().reach()).isFalse();
  }

  @Test
  void a_link_is_where_a_setting_says_and_at_the_host_of_the_tenant() {
    Tenant second = fixture.base.tenant("Second");
    PassportModule hosted =
        fixture.module(
            "public.url",
            "https://tollgate.example",
            "identity.tenant.hosts",
            "ai.second.example=" + second.id());
    hosted
        .passports()
        .register(
            new Registration(
                "ann@a.example",
                PassportFixture.PASSWORD,
                Optional.empty(),
                "ai.second.example",
                MailLanguage.EN),
            HERE);
    hosted.passports().register(PassportFixture.registration("bob@a.example"), HERE);
    PassportFixture.sendMails(hosted);
    assertThat(body(fixture.mailsTo("ann@a.example").getFirst()))
        .contains("https://ai.second.example/portal/verify#token=");
    assertThat(body(fixture.mailsTo("bob@a.example").getFirst()))
        .contains("https://tollgate.example/portal/verify#token=");
  }

  @Test
  void nothing_in_an_address_can_begin_another_header_or_address() {
    for (String given :
        List.of(
            "ann@a.example\r\nBcc: all@b.example",
            "ann@a.example\nSubject: x",
            "ann@a.example, bob@b.example",
            "\"Ann\" <ann@a.example>",
            "ann@a.example%0d%0aBcc:x@y.example",
            "ann bob@a.example",
            "ann@a.example>",
            "ann@@a.example",
            "@a.example",
            "ann@",
            "ann@localhost",
            "ann@a..example",
            "ann.@a.example",
            "ann@-a.example",
            "ann@[127.0.0.1]",
            "\u212Aate@a.example",
            "x".repeat(65) + "@a.example",
            "ann@" + "x".repeat(300) + ".example")) {
      refused(ErrorCode.INVALID_REQUEST, () -> fixture.register(given));
    }
    fixture.sendMails();
    assertThat(fixture.mailbox.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_name_of_a_tenant_stays_in_its_line() throws Exception {
    fixture.base.sql("update identity.tenant set name = E'Acme\\r\\nBcc: all@b.example'");
    fixture.register("ann@a.example");
    fixture.sendMails();
    MimeMessage mail = fixture.mailsTo("ann@a.example").getFirst();
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).contains("Acme").doesNotContain("\n");
    assertThat(mail.getAllRecipients()).hasSize(1);
  }

  @Test
  void a_mail_is_sent_once_and_what_was_rolled_back_is_not() {
    assertThatThrownBy(
            () ->
                fixture.base.write(
                    tx -> {
                      fixture.base.database.transactions();
                      int _ =
                          tx.sql()
                              .execute(
                                  "insert into identity.mail (tenant_id, purpose, recipient,"
                                      + " language, created_at, next_try_at) values ("
                                      + fixture.tenant.id()
                                      + ", 'password_changed', 'ann@a.example', 'en', now(),"
                                      + " 'epoch')");
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    fixture.register("bob@a.example");
    for (int i = 0; i < 3; i++) {
      fixture.sendMails();
    }
    assertThat(fixture.mailbox.getReceivedMessages()).hasSize(1);
    assertThat(fixture.count("identity.mail where state = 'sent' and password_hash is null"))
        .isEqualTo(1);
  }

  @Test
  void a_server_that_is_away_gets_the_mail_when_it_is_back_after_longer_and_longer_waits() {
    fixture.register("ann@a.example");
    fixture.mailbox.stop();
    fixture.sendMails();
    assertThat(fixture.count("identity.mail where state = 'waiting' and tries = 1")).isEqualTo(1);
    fixture.sendMails();
    assertThat(fixture.count("identity.mail where tries = 1")).isEqualTo(1);
    fixture.base.advance(Duration.ofSeconds(15));
    fixture.sendMails();
    assertThat(fixture.count("identity.mail where tries = 2")).isEqualTo(1);
    fixture.base.advance(Duration.ofSeconds(29));
    fixture.sendMails();
    assertThat(fixture.count("identity.mail where tries = 2")).isEqualTo(1);
    fixture.mailbox.start();
    fixture.base.advance(Duration.ofSeconds(1));
    PassportFixture.sendMails(
        fixture.module("mail.smtp.port", Integer.toString(fixture.mailbox.getSmtp().getPort())));
    assertThat(fixture.mailsTo("ann@a.example")).hasSize(1);
  }

  @Test
  void a_mail_that_is_never_taken_is_given_up() {
    PassportModule impatient = fixture.module("mail.tries.max", "2");
    fixture.register("ann@a.example");
    fixture.mailbox.stop();
    PassportFixture.sendMails(impatient);
    fixture.base.advance(Duration.ofHours(2));
    PassportFixture.sendMails(impatient);
    assertThat(
            fixture.count(
                "identity.mail where state = 'failed' and tries = 2 and password_hash is null"))
        .isEqualTo(1);
  }

  @Test
  void more_mails_than_the_limit_are_asked_for_in_vain() {
    fixture.verified("ann@a.example");
    fixture.base.advance(Duration.ofHours(1));
    for (int i = 0; i < 8; i++) {
      fixture.passports.forgot(account("ann@a.example"), MailLanguage.EN, HERE);
    }
    fixture.sendMails();
    // the registration's, and five
    assertThat(fixture.mailsTo("ann@a.example")).hasSize(6);
  }
}
