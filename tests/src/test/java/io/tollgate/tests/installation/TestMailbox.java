package io.tollgate.tests.installation;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server in this JVM, to which an installation sends its mails. */
public final class TestMailbox implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9]+)");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  public TestMailbox() {
    server.start();
  }

  /** Flags with which an installation sends its mails here, and soon. */
  public String[] flags() {
    return new String[] {
      "--mail-smtp-host",
      "127.0.0.1",
      "--mail-smtp-port",
      Integer.toString(server.getSmtp().getPort()),
      "--mail-smtp-security",
      "none",
      "--mail-interval-ms",
      "50"
    };
  }

  /** The token of the link in the mail to an address after those that came before. */
  public String token(String email, int before) {
    List<String> bodies =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> bodies(email), found -> found.size() > before);
    Matcher link = TOKEN.matcher(bodies.getLast());
    if (!link.find()) {
      throw new AssertionError("no link in the newest mail to " + email);
    }
    return link.group(1);
  }

  /** What the mails to an address say, the oldest first. */
  public List<String> bodies(String email) {
    return Arrays.stream(server.getReceivedMessages())
        .filter(mail -> isTo(mail, email))
        .map(TestMailbox::body)
        .toList();
  }

  private static boolean isTo(MimeMessage mail, String email) {
    try {
      return mail.getAllRecipients()[0].toString().equals(email);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body(MimeMessage mail) {
    try {
      return mail.getContent().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
