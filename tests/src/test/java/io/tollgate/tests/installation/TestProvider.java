package io.tollgate.tests.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** An OpenID provider in this JVM, at which users and administrators of an installation sign on. */
public final class TestProvider implements AutoCloseable {
  private static final String ISSUER = "corp";

  private final MockOAuth2Server server = new MockOAuth2Server();
  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  public TestProvider() {
    server.start();
  }

  /** Flags with which an installation knows it, for users and administrators. */
  public String[] flags() {
    return new String[] {
      "--sign-on-providers",
      "[{\"name\":\"corp\",\"label\":\"Corp\",\"issuer\":\"%s\",\"client_id\":\"tollgate\",\"client_secret\":\"secret\",\"for\":\"users admins\",\"link_verified_email\":true}]"
          .formatted(server.issuerUrl(ISSUER))
    };
  }

  /** Somebody signs on in a browser; what it is sent back with: {@code code} and {@code state}. */
  public Map<String, String> visit(String url, String subject, String email) {
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            ISSUER,
            subject,
            "JWT",
            List.of(),
            Map.of("email", email, "email_verified", true),
            3_600));
    try {
      HttpResponse<String> answer =
          browser.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      String back = answer.headers().firstValue("Location").orElseThrow();
      Map<String, String> fields = new HashMap<>();
      for (String pair : URI.create(back).getRawQuery().split("&", -1)) {
        String[] sides = pair.split("=", 2);
        fields.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
